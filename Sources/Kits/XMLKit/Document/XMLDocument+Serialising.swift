import CXML

extension XMLDocument {
  /// The document as bytes in UTF-8, ending with a line feed.
  ///
  /// - Parameters:
  ///   - indent: lays out elements that hold no text on lines of their own.
  ///   - declaration: begins with `<?xml version="1.0" encoding="UTF-8"?>`.
  package func serialised(indent: Bool = false, declaration: Bool = true) -> [UInt8] {
    if !indent, let bytes = XMLPlainWriter.document(pointer, declaration: declaration) { return bytes }
    return savedByLibrary(indent: indent, declaration: declaration)
  }

  /// The same, written by libxml2 whatever is in the document.
  func savedByLibrary(indent: Bool, declaration: Bool) -> [UInt8] {
    guard let buffer = xmlBufferCreate() else { preconditionFailure("memory ran out while serialising") }
    defer { xmlBufferFree(buffer) }
    var options = Int32(XML_SAVE_AS_XML.rawValue)
    if indent { options |= Int32(XML_SAVE_FORMAT.rawValue) }
    if !declaration { options |= Int32(XML_SAVE_NO_DECL.rawValue) }
    guard let context = xmlSaveToBuffer(buffer, "UTF-8", options) else {
      preconditionFailure("memory ran out while serialising")
    }
    xmlSaveDoc(context, pointer)
    xmlSaveClose(context)
    return [UInt8](UnsafeBufferPointer(start: xmlBufferContent(buffer), count: Int(xmlBufferLength(buffer))))
  }
}

extension XMLNode {
  /// This node with everything inside of it as bytes in UTF-8, without declaration; namespace declarations of elements
  /// around it are not added.
  package func serialised(indent: Bool = false) -> [UInt8] {
    guard let buffer = xmlBufferCreate() else { preconditionFailure("memory ran out while serialising") }
    defer { xmlBufferFree(buffer) }
    let options = Int32(XML_SAVE_AS_XML.rawValue | (indent ? XML_SAVE_FORMAT.rawValue : 0))
    guard let context = xmlSaveToBuffer(buffer, "UTF-8", options) else {
      preconditionFailure("memory ran out while serialising")
    }
    xmlSaveTree(context, pointer)
    xmlSaveClose(context)
    return [UInt8](UnsafeBufferPointer(start: xmlBufferContent(buffer), count: Int(xmlBufferLength(buffer))))
  }
}
