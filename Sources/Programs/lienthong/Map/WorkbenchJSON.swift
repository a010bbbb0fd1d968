import DocumentKit
import JSONKit
import Workbench

/// What several commands of the workbench write for machines; the names are documented in each command's help.
enum WorkbenchJSON {
  static func write(_ finding: Finding, _ writer: inout JSONWriter) {
    writer.member("path", finding.path)
    writer.member("line", finding.line)
    writer.member("column", finding.column)
    writer.member("rule", finding.rule)
    writer.member("schemaLocation", finding.schemaLocation)
    writer.member("vi", finding.messageVietnamese)
    writer.member("en", finding.messageEnglish)
  }

  static func write(_ difference: StructuralDifference, _ writer: inout JSONWriter) {
    writer.member("kind", difference.kind.rawValue)
    writer.member("path", difference.path)
    writer.member("before", difference.before)
    writer.member("after", difference.after)
  }

  /// In English under the names of the members, in Vietnamese beside them.
  static func write(_ message: Sentence, remedy: Sentence, _ writer: inout JSONWriter) {
    writer.member("message", message.english)
    writer.member("messageVi", message.vietnamese)
    writer.member("remedy", remedy.english)
    writer.member("remedyVi", remedy.vietnamese)
  }

  static func write(_ position: YAMLPosition?, _ writer: inout JSONWriter) {
    writer.member("file", position?.file)
    writer.member("line", position?.line)
    writer.member("column", position?.column)
  }
}
