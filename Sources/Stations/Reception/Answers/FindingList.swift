import DocumentKit
import JSONKit

/// Findings as a JSON list, the same in problem documents and in generation-A answers.
enum FindingList {
  static func write(_ findings: [Finding], to writer: inout JSONWriter) {
    writer.beginArray()
    for finding in findings {
      writer.beginObject()
      writer.name("path")
      writer.string(finding.path)
      if finding.line > 0 {
        writer.name("line")
        writer.integer(finding.line)
        writer.name("column")
        writer.integer(finding.column)
      }
      if let location = finding.schemaLocation {
        writer.name("schemaLocation")
        writer.string(location)
      }
      for (name, value) in [
        ("rule", finding.rule), ("messageVi", finding.messageVietnamese), ("messageEn", finding.messageEnglish),
      ] {
        writer.name(name)
        writer.string(value)
      }
      writer.endObject()
    }
    writer.endArray()
  }
}
