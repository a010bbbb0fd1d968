import DocumentKit

/// Reads `to` and `root`: which names a target can have depends on its format and its declared prefixes.
struct TargetSyntax {
  let format: DocumentTree.Format
  /// The namespace of names without a prefix.
  let namespace: String?
  let namespaces: [String: String]

  /// A reason why a text is no target path, with its remedy.
  struct Refusal: Error {
    let message: Sentence
    let remedy: Sentence
  }

  func path(_ text: String) throws(Refusal) -> TargetPath {
    if text == "." { return TargetPath(steps: [], last: .here, text: text) }
    var parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let last = parts.removeLast()
    var steps: [TargetName] = []
    for part in parts { steps.append(try name(part)) }
    if last.hasPrefix("@") {
      return TargetPath(steps: steps, last: .attribute(try attribute(String(last.dropFirst()))), text: text)
    }
    return TargetPath(steps: steps, last: .element(try name(last)), text: text)
  }

  /// The name of an element. A JSON member may have any name; an element has one that XML allows.
  func name(_ text: String) throws(Refusal) -> TargetName {
    guard !text.isEmpty else {
      throw Refusal(
        message: Sentence("a name of the target is empty", "một tên của đích để trống"),
        remedy: Sentence("write names with one / between them", "hãy viết các tên cách nhau bằng một dấu /"))
    }
    guard format == .xml else { return TargetName(MemberName.escaped(text)) }
    let (prefix, local) = try split(text)
    guard let prefix else { return TargetName(local, namespace: namespace) }
    return TargetName(text, namespace: try namespace(of: prefix))
  }

  /// A name without prefix is in no namespace, as Namespaces in XML 1.0 §6.2 has it for attributes.
  private func attribute(_ text: String) throws(Refusal) -> TargetName {
    guard format == .xml else {
      throw Refusal(
        message: Sentence("JSON has no attributes", "JSON không có thuộc tính"),
        remedy: Sentence("write the name without @", "hãy viết tên không có @"))
    }
    let (prefix, local) = try split(text)
    guard let prefix else { return TargetName(local) }
    return TargetName(text, namespace: try namespace(of: prefix))
  }

  private func split(_ text: String) throws(Refusal) -> (prefix: String?, local: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, parts.allSatisfy(MemberName.isXMLName) else {
      throw Refusal(
        message: Sentence(
          "‘\(text)’ cannot be the name of an element or attribute", "‘\(text)’ không thể là tên phần tử hay thuộc tính"
        ),
        remedy: Sentence(
          "use letters, digits, - _ . and begin with a letter or _",
          "hãy dùng chữ cái, chữ số, - _ . và bắt đầu bằng chữ cái hoặc _"))
    }
    return parts.count == 2 ? (parts[0], parts[1]) : (nil, parts[0])
  }

  private func namespace(of prefix: String) throws(Refusal) -> String {
    guard let namespace = namespaces[prefix] else {
      throw Refusal(
        message: Sentence("the prefix ‘\(prefix)’ is not declared", "tiền tố ‘\(prefix)’ chưa được khai báo"),
        remedy: Sentence("add it under target: namespaces:", "hãy thêm vào dưới target: namespaces:"))
    }
    return namespace
  }
}
