import DossierModel
import XMLKit

/// A SOAP request that has been read: what its header says of the sender, and the one element of its body.
///
/// Reading it judges the envelope alone; what is in the body is for the contract.
struct SOAPRequest {
  let version: SOAPVersion
  let security: SOAPSecurity?
  /// The element that names the operation.
  let operation: XMLNode

  /// - Parameter version: what the request's media type says.
  init(parsing body: [UInt8], as version: SOAPVersion, limits: SOAPLimits) throws(SOAPFault) {
    let document: XMLDocument
    do throws(XMLError) {
      document = try XMLDocument(parsing: body, limits: limits.xml)
    } catch {
      throw SOAPFault(.unreadable(xml: error))
    }
    guard let root = document.root, root.isNamed("Envelope"),
      let found = SOAPVersion.allCases.first(where: { $0.namespace == root.namespace })
    else { throw .versionMismatch }
    guard found == version else {
      throw SOAPFault(
        Refusal(
          .unsupportedMediaType,
          english: "Content-Type and Envelope are of two versions; \(found.mediaType) belongs to this envelope",
          vietnamese: "Content-Type và Envelope thuộc hai phiên bản khác nhau; envelope này dùng \(found.mediaType)"))
    }
    self.version = version
    try Self.refuseInstructions(in: document)
    var parts = Array(root.elements)
    let own: XMLNamespaceMatch = .uri(version.namespace)
    let header = parts.first.flatMap { $0.isNamed("Header", namespace: own) ? $0 : nil }
    if header != nil { parts.removeFirst() }
    guard parts.count == 1, parts[0].isNamed("Body", namespace: own), !Self.hasText(root),
      !(header.map(Self.hasText) ?? false)
    else {
      throw .malformed(
        english: "an Envelope has one Header at most, then one Body, and nothing else",
        vietnamese: "Envelope chỉ gồm tối đa một Header, sau đó là một Body, không có gì khác")
    }
    let contents = Array(parts[0].elements)
    guard contents.count == 1, !Self.hasText(parts[0]) else {
      throw .malformed(
        english: "the Body has one element, that of the operation",
        vietnamese: "Body có đúng một phần tử, là phần tử của thao tác")
    }
    operation = contents[0]
    security = try header.flatMap { header throws(SOAPFault) in try Self.security(in: header, version) }
  }

  /// The one header that is understood. Another one that asks to be understood is refused, as both versions want it
  /// (SOAP 1.1 §4.2.3, SOAP 1.2 part 1 §5.2.3); whatever else stands there is for others.
  private static func security(in header: XMLNode, _ version: SOAPVersion) throws(SOAPFault) -> SOAPSecurity? {
    let own: XMLNamespaceMatch = .uri(version.namespace)
    var unknown: [SOAPFault.HeaderName] = []
    var found: [XMLNode] = []
    for block in header.elements {
      guard version.ownRoles.contains(block.attribute(named: version.roleAttribute, namespace: own)?.text ?? "")
      else { continue }
      if block.isNamed("Security", namespace: .uri(SOAPSecurity.namespace)) {
        found.append(block)
        continue
      }
      switch block.attribute(named: "mustUnderstand", namespace: own)?.text {
      case nil, "0"?: continue
      case "false"? where version == .v12: continue
      case "1"?: break
      case "true"? where version == .v12: break
      default:
        throw .malformed(
          english: "mustUnderstand is 0 or 1, in SOAP 1.2 also false or true",
          vietnamese: "mustUnderstand là 0 hoặc 1, với SOAP 1.2 còn có thể là false hoặc true")
      }
      unknown.append(SOAPFault.HeaderName(namespace: block.namespace ?? "", localName: block.localName))
    }
    guard unknown.isEmpty else { throw .mustUnderstand(unknown) }
    guard found.count <= 1 else {
      throw .malformed(
        english: "the header Security stands there twice", vietnamese: "tiêu đề Security xuất hiện hai lần")
    }
    return try found.first.map { block throws(SOAPFault) in try SOAPSecurity(reading: block) }
  }

  /// Neither version allows processing instructions (SOAP 1.1 §3, SOAP 1.2 part 1 §5). The tree is small, see `SOAPLimits`.
  private static func refuseInstructions(in document: XMLDocument) throws(SOAPFault) {
    guard let root = document.root else { return }
    var sibling = root.previousSibling
    var open = Array(root.children)
    while let node = sibling {
      open.append(node)
      sibling = node.previousSibling
    }
    sibling = root.nextSibling
    while let node = sibling {
      open.append(node)
      sibling = node.nextSibling
    }
    while let node = open.popLast() {
      guard node.kind != .processingInstruction else {
        throw .malformed(
          english: "a SOAP message has no processing instructions",
          vietnamese: "thông điệp SOAP không được có chỉ thị xử lý (processing instruction)")
      }
      open.append(contentsOf: node.children)
    }
  }

  /// Whether anything but space stands between the elements.
  private static func hasText(_ node: XMLNode) -> Bool {
    node.children.contains { child in
      (child.kind == .text || child.kind == .cdata)
        && child.withTextBytes { bytes in bytes.contains { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } }
    }
  }
}
