package org.seq4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a safetensors file by itself, so that the record does not hang on the code that it guards:
 * the length of a header, a header in JSON, bytes. What training keeps beside the weights is in the
 * header, too, and is left out.
 */
record GoldenTensors(Map<String, Tensor> tensors) {
  private static final String OPTIMIZER = "optimizer.";

  /** Numbers of a type and shape, as they are in the file. */
  record Tensor(String type, String shape, byte[] bytes) {}

  static GoldenTensors read(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int header = (int) ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getLong();
    int start = Long.BYTES + header;
    JsonNode json = new ObjectMapper().readTree(all, Long.BYTES, header);
    Map<String, Tensor> tensors = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      JsonNode tensor = entry.getValue();
      if (tensor.has("data_offsets")) {
        JsonNode offsets = tensor.get("data_offsets");
        byte[] bytes =
            Arrays.copyOfRange(all, start + offsets.get(0).asInt(), start + offsets.get(1).asInt());
        tensors.put(
            entry.getKey(),
            new Tensor(tensor.get("dtype").asText(), tensor.get("shape").toString(), bytes));
      }
    }
    return new GoldenTensors(tensors);
  }

  /** SHA-256 of names, shapes and bytes, in the order of the names. */
  String hash() {
    GoldenHash hash = new GoldenHash();
    tensors.forEach(
        (name, tensor) ->
            hash.add(name).add(tensor.type()).add(tensor.shape()).add(tensor.bytes()));
    return hash.full();
  }

  /** A line for each parameter, so that it shows which ones are different. */
  String lines() {
    StringBuilder lines = new StringBuilder();
    tensors.forEach(
        (name, tensor) -> {
          if (!name.startsWith(OPTIMIZER)) {
            lines.append(
                "%s %s %s\n"
                    .formatted(
                        new GoldenHash().add(tensor.bytes()).shortened(), name, tensor.shape()));
          }
        });
    return lines.toString();
  }
}
