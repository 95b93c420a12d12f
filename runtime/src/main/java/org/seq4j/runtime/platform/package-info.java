/**
 * The requirements on the machine: TensorFlow's native library and a folder to unpack it to. Here
 * belongs what depends on the operating system or the user, and nothing about models.
 */
package org.seq4j.runtime.platform;
