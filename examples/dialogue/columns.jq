# The system's turns of dialogues as lines: dialogue, history, actions, reply, separated by tabs.
.[]
| .dialogue_id as $dialogue
| .turns as $turns
| range(0; $turns | length) as $i
| select($turns[$i].speaker == "SYSTEM")
| [
    $dialogue,
    ($turns[([0, $i - 3] | max):$i] | map(.utterance) | join(" <turn> ")),
    ([$turns[$i].frames[].actions[]
      | .act
        + (if .slot == "" then "" else " " + .slot end)
        + (if .values == [] then "" else " = " + (.values | join(" | ")) end)]
     | join(" ; ")),
    $turns[$i].utterance
  ]
| map(gsub("\\s+"; " ") | ltrimstr(" ") | rtrimstr(" "))
| join("\t")
