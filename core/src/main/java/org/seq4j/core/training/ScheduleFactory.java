package org.seq4j.core.training;

import org.seq4j.core.plugin.ComponentFactory;

/** The service type for learning rate schedules. */
public interface ScheduleFactory<C extends Record>
    extends ComponentFactory<LearningRateSchedule, C> {}
