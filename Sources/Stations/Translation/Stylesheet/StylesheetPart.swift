package import DocumentKit
import XMLKit

/// One element of a stylesheet, with its place: what events speak of.
package struct StylesheetPart: Sendable {
  package enum Kind: Sendable, Equatable {
    case template
    case condition
    /// `xsl:choose`; it may take no branch at all where it has no `xsl:otherwise`.
    case choice(hasOtherwise: Bool)
    /// `xsl:when` and `xsl:otherwise`.
    case branch
    /// `xsl:for-each`, and `xsl:apply-templates` with a `select`.
    case iteration
    case other
  }

  package let kind: Kind
  /// The number of the element around it; nil of the stylesheet itself.
  package let parent: Int?
  package let position: YAMLPosition
  /// Such as `template match="/dossier"` or `if test="approval"`.
  package let title: String
  /// What it reads: its `select`; nil if it has none.
  package let select: String?
}

extension StylesheetPart {
  private static let language = "http://www.w3.org/1999/XSL/Transform"

  /// Every element of a stylesheet in document order, as the instruments number them from `base` on.
  static func parts(of document: XMLDocument, file: String, from base: Int) -> [StylesheetPart] {
    var parts: [StylesheetPart] = []
    func add(_ element: XMLNode, inside parent: Int?) {
      let number = base + parts.count
      parts.append(StylesheetPart(element, inside: parent, file: file))
      for child in element.elements { add(child, inside: number) }
    }
    if let root = document.root { add(root, inside: nil) }
    return parts
  }

  private init(_ element: XMLNode, inside parent: Int?, file: String) {
    self.parent = parent
    let place = element.position
    position = YAMLPosition(file: file, line: place?.line ?? 1, column: place?.column ?? 1)
    select = element.attribute(named: "select")?.text
    let told = ["match", "name", "mode", "test", "select"].compactMap { name in
      element.attribute(named: name).map { "\(name)=\"\($0.text)\"" }
    }
    let isInstruction = element.namespace == Self.language
    title = ([isInstruction ? element.localName : "<\(element.name)>"] + (isInstruction ? told : []))
      .joined(separator: " ")
    kind = isInstruction && !element.isBelowExtension ? Self.kind(of: element) : .other
  }

  private static func kind(of element: XMLNode) -> Kind {
    switch element.localName {
    case "template": .template
    case "if": .condition
    case "choose": .choice(hasOtherwise: element.firstElement(named: "otherwise") != nil)
    case "when", "otherwise": .branch
    case "for-each": .iteration
    case "apply-templates" where element.attribute(named: "select") != nil: .iteration
    default: .other
    }
  }
}

extension XMLNode {
  /// Whether an element of EXSLT or of libxslt stands around this one; such are left as they are.
  fileprivate var isBelowExtension: Bool {
    var current = parent
    while let element = current, element.kind == .element {
      let namespace = element.namespace ?? ""
      if namespace.hasPrefix("http://exslt.org/") || namespace.hasPrefix("http://xmlsoft.org/") { return true }
      current = element.parent
    }
    return false
  }
}
