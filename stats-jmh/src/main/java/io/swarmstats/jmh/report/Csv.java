package io.swarmstats.jmh.report;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads and writes the tables of the evidence: a line for each record, a column for each component.
 */
final class Csv {

  private static final CsvMapper MAPPER =
      CsvMapper.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();

  private Csv() {}

  /** Returns the rows of a file; rejects a file with other columns. */
  static <R extends Record> List<R> read(Path file, Class<R> type) throws IOException {
    try (MappingIterator<R> rows =
        MAPPER.readerFor(type).with(schema(type)).readValues(file.toFile())) {
      return List.copyOf(rows.readAll());
    }
  }

  /** Writes a file, and its folder if there is none. */
  static <R extends Record> void write(Path file, Class<R> type, List<R> rows) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, MAPPER.writer(schema(type)).writeValueAsString(rows));
  }

  private static CsvSchema schema(Class<? extends Record> type) {
    CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true).setStrictHeaders(true);
    for (RecordComponent column : type.getRecordComponents()) {
      schema.addColumn(column.getName());
    }
    return schema.build();
  }
}
