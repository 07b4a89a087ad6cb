package io.swarmstats.examples.recipes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * A message in protobuf's wire format, read without generated classes.
 *
 * @param fields the values by field number: a Long, a Double, or the bytes of anything longer
 */
record ProtobufMessage(Map<Integer, List<Object>> fields) {

  private static ProtobufMessage read(ByteBuffer bytes) {
    Map<Integer, List<Object>> fields = new TreeMap<>();
    while (bytes.hasRemaining()) {
      int tag = (int) varint(bytes);
      Object value = switch (tag & 7) {
        case 0 -> varint(bytes);
        case 1 -> bytes.getDouble();
        case 2 -> slice(bytes);
        default -> throw new AssertionError("wire type " + (tag & 7));
      };
      fields.computeIfAbsent(tag >> 3, field -> new ArrayList<>()).add(value);
    }
    return new ProtobufMessage(fields);
  }

  /** Reads messages each of which has its length in front. */
  static List<ProtobufMessage> readDelimited(byte[] body) {
    ByteBuffer bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
    List<ProtobufMessage> messages = new ArrayList<>();
    while (bytes.hasRemaining()) {
      messages.add(read(slice(bytes)));
    }
    return messages;
  }

  private static ByteBuffer slice(ByteBuffer bytes) {
    int length = (int) varint(bytes);
    ByteBuffer slice = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + length);
    return slice;
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes.get();
      value |= (next & 0x7FL) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  boolean has(int field) {
    return fields.containsKey(field);
  }

  private List<Object> all(int field) {
    return fields.getOrDefault(field, List.of());
  }

  private Object only(int field) {
    List<Object> values = all(field);
    if (values.size() != 1) {
      throw new AssertionError("field " + field + " in " + this);
    }
    return values.get(0);
  }

  List<ProtobufMessage> messages(int field) {
    return all(field).stream()
        .map(value -> read(((ByteBuffer) value).duplicate().order(ByteOrder.LITTLE_ENDIAN)))
        .toList();
  }

  ProtobufMessage message(int field) {
    List<ProtobufMessage> messages = messages(field);
    if (messages.size() != 1) {
      throw new AssertionError("field " + field + " in " + this);
    }
    return messages.get(0);
  }

  String text(int field) {
    return StandardCharsets.UTF_8.decode(((ByteBuffer) only(field)).duplicate()).toString();
  }

  /** Returns an unsigned number; 0 if the field is absent. */
  long number(int field) {
    return has(field) ? (long) only(field) : 0;
  }

  /** Returns a number whose sign is in its lowest bit; 0 if the field is absent. */
  long signed(int field) {
    return unzigzag(number(field));
  }

  double decimal(int field) {
    return (double) only(field);
  }

  /** Returns all signed numbers of a field, packed or not. */
  LongStream allSigned(int field) {
    LongStream.Builder numbers = LongStream.builder();
    for (Object value : all(field)) {
      if (value instanceof ByteBuffer packed) {
        ByteBuffer bytes = packed.duplicate();
        while (bytes.hasRemaining()) {
          numbers.add(unzigzag(varint(bytes)));
        }
      } else {
        numbers.add(unzigzag((long) value));
      }
    }
    return numbers.build();
  }

  private static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }
}
