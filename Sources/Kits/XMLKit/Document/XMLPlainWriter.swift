import CXML
import Glibc

/// Writes documents of elements, attributes and text, which is nearly all that goes out, without libxml2's save context:
/// that converts every piece from UTF-8 to UTF-8 and costs three times as much.
///
/// The bytes are those of `xmlSaveDoc` in UTF-8 and without indentation, which a test compares. Documents with anything
/// else in them (CDATA, comments, instructions, what XSLT wants unescaped) are refused and left to libxml2.
struct XMLPlainWriter: ~Copyable {
  private var bytes: UnsafeMutableBufferPointer<UInt8>
  private var count = 0

  /// The whole document, ending with a line feed; nil if it is none of those written here.
  static func document(_ document: xmlDocPtr, declaration: Bool) -> [UInt8]? {
    guard let root = document.pointee.children, root.pointee.next == nil, root.pointee.type == XML_ELEMENT_NODE,
      document.pointee.standalone < 0, document.pointee.version.map({ strcmp($0, "1.0") == 0 }) ?? true
    else { return nil }
    var writer = XMLPlainWriter()
    if declaration { writer.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") }
    guard writer.put(tree: root) else { return nil }
    writer.put(UInt8(ascii: "\n"))
    return Array(UnsafeBufferPointer(rebasing: writer.bytes[..<writer.count]))
  }

  private init() {
    bytes = .allocate(capacity: 16_384)
  }

  deinit {
    bytes.deallocate()
  }

  /// Walks by the tree's own pointers, so that no document is nested too deep for the stack; false for other nodes.
  private mutating func put(tree root: xmlNodePtr) -> Bool {
    var node = root
    while true {
      if node.pointee.type == XML_ELEMENT_NODE {
        guard put(start: node) else { return false }
        if let child = node.pointee.children {
          put(UInt8(ascii: ">"))
          node = child
          continue
        }
        put("/>")
      } else {
        // libxml2 tells what is to be written unescaped by the name `textnoenc`; other text is called `text`.
        guard node.pointee.type == XML_TEXT_NODE, node.pointee.name?[4] == 0 else { return false }
        if let text = node.pointee.content { put(escaped: text, stops: Self.textStops) }
      }
      while node != root, node.pointee.next == nil {
        guard let parent = node.pointee.parent else { return false }
        node = parent
        put("</")
        put(nameOf: node)
        put(UInt8(ascii: ">"))
      }
      guard node != root, let next = node.pointee.next else { return true }
      node = next
    }
  }

  /// The start tag without its end.
  private mutating func put(start element: xmlNodePtr) -> Bool {
    put(UInt8(ascii: "<"))
    put(nameOf: element)
    var declaration = element.pointee.nsDef
    while let current = declaration {
      // A name with a quotation mark would have to be written between others.
      guard let name = current.pointee.href, strchr(name, Int32(UInt8(ascii: "\""))) == nil else { return false }
      if let prefix = current.pointee.prefix {
        // libxml2 leaves this one out, which needs no declaration.
        guard strcmp(prefix, "xml") != 0 else { return false }
        put(" xmlns:")
        put(text: prefix)
      } else {
        put(" xmlns")
      }
      put("=\"")
      put(text: name)
      put(UInt8(ascii: "\""))
      declaration = current.pointee.next
    }
    var attribute = element.pointee.properties
    while let current = attribute {
      guard let node = XMLNode.asNode(current) else { return false }
      put(UInt8(ascii: " "))
      put(nameOf: node)
      put("=\"")
      var piece = current.pointee.children
      while let text = piece {
        guard text.pointee.type == XML_TEXT_NODE else { return false }
        if let content = text.pointee.content { put(escaped: content, stops: Self.attributeStops) }
        piece = text.pointee.next
      }
      put(UInt8(ascii: "\""))
      attribute = current.pointee.next
    }
    return true
  }

  // An attribute has its name and namespace where an element has them (see `XMLNode`).
  private mutating func put(nameOf node: xmlNodePtr) {
    if let prefix = node.pointee.ns?.pointee.prefix {
      put(text: prefix)
      put(UInt8(ascii: ":"))
    }
    if let name = node.pointee.name { put(text: name) }
  }

  // MARK: Bytes

  private static let textStops: StaticString = "<>&\r"
  private static let attributeStops: StaticString = "<>&\r\n\t\""

  /// Text that ends with a zero, with references for what cannot stand as it is.
  private mutating func put(escaped text: UnsafePointer<UInt8>, stops: StaticString) {
    var rest = UnsafeRawPointer(text).assumingMemoryBound(to: CChar.self)
    let stops = UnsafeRawPointer(stops.utf8Start).assumingMemoryBound(to: CChar.self)
    while true {
      let length = strcspn(rest, stops)
      put(rest, length)
      switch UInt8(bitPattern: rest[length]) {
      case UInt8(ascii: "<"): put("&lt;")
      case UInt8(ascii: ">"): put("&gt;")
      case UInt8(ascii: "&"): put("&amp;")
      case UInt8(ascii: "\""): put("&quot;")
      case UInt8(ascii: "\r"): put("&#13;")
      case UInt8(ascii: "\n"): put("&#10;")
      case UInt8(ascii: "\t"): put("&#9;")
      default: return
      }
      rest += length + 1
    }
  }

  private mutating func put(text: UnsafePointer<UInt8>) {
    put(text, Int(xmlStrlen(text)))
  }

  private mutating func put(_ text: StaticString) {
    put(text.utf8Start, text.utf8CodeUnitCount)
  }

  private mutating func put(_ byte: UInt8) {
    reserve(1)
    bytes[count] = byte
    count += 1
  }

  private mutating func put(_ start: UnsafeRawPointer, _ length: Int) {
    guard length > 0 else { return }
    reserve(length)
    // There is room for `length` more bytes.
    UnsafeMutableRawPointer(bytes.baseAddress! + count).copyMemory(from: start, byteCount: length)
    count += length
  }

  private mutating func reserve(_ length: Int) {
    guard bytes.count - count < length else { return }
    let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(bytes.count * 2, count + length))
    _ = larger.initialize(from: bytes[..<count])
    bytes.deallocate()
    bytes = larger
  }
}
