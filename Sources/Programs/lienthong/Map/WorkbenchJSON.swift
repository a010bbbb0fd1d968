import DocumentKit
import JSONKit
import Translation
import Workbench

/// What the commands of the workbench write for machines; the names are documented in each command's help.
enum WorkbenchJSON {
  static func print(_ body: (inout JSONWriter) -> Void) {
    var writer = JSONWriter(indent: 2)
    writer.beginObject()
    body(&writer)
    writer.endObject()
    Terminal.print(bytes: writer.finish() + [0x0A])
  }

  static func list<Item>(
    _ name: String, _ items: [Item], _ writer: inout JSONWriter, _ body: (Item, inout JSONWriter) -> Void,
  ) {
    writer.name(name)
    writer.beginArray()
    for item in items {
      writer.beginObject()
      body(item, &writer)
      writer.endObject()
    }
    writer.endArray()
  }

  static func write(_ finding: Finding, _ writer: inout JSONWriter) {
    writer.member("path", finding.path)
    writer.member("line", finding.line)
    writer.member("column", finding.column)
    writer.member("rule", finding.rule)
    writer.member("vi", finding.messageVietnamese)
    writer.member("en", finding.messageEnglish)
  }

  static func write(_ difference: StructuralDifference, _ writer: inout JSONWriter) {
    writer.member("kind", difference.kind.rawValue)
    writer.member("path", difference.path)
    writer.member("before", difference.before)
    writer.member("after", difference.after)
  }

  static func write(_ position: YAMLPosition?, _ writer: inout JSONWriter) {
    writer.member("file", position?.file)
    writer.member("line", position?.line)
    writer.member("column", position?.column)
  }
}

extension JSONWriter {
  /// A member; nil is null.
  mutating func member(_ name: String, _ text: String?) {
    self.name(name)
    if let text { string(text) } else { null() }
  }

  mutating func member(_ name: String, _ number: Int?) {
    self.name(name)
    if let number { integer(number) } else { null() }
  }

  mutating func member(_ name: String, _ flag: Bool) {
    self.name(name)
    boolean(flag)
  }
}
