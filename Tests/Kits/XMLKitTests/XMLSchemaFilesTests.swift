import Testing
import XMLKit

@Suite("Files of schemas")
struct XMLSchemaFilesTests {
  private func schema(_ body: String, namespace: String) -> String {
    """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="\(namespace)" xmlns:t="\(namespace)"
      xmlns:b="urn:b">
    \(body)
    </xs:schema>
    """
  }

  private var typeB: String {
    schema("<xs:simpleType name='B'><xs:restriction base='xs:int'/></xs:simpleType>", namespace: "urn:b")
  }

  @Test("includes and imports are followed by relative path, in circles too")
  func relative() throws {
    let folder = try TemporaryFolder([
      "chinh.xsd": schema(
        "<xs:include schemaLocation='phần/một.xsd'/>\n<xs:import\n namespace='urn:b' schemaLocation='phần/../b.xsd'/>"
          + "<xs:element name='A' type='b:B'/>", namespace: "urn:a"),
      "phần/một.xsd": schema(
        "<xs:include schemaLocation='../chinh.xsd'/><xs:element name='A2' type='xs:date'/>", namespace: "urn:a"),
      "b.xsd": typeB,
    ])
    let compiled = try XMLSchema(contentsOf: folder.file("chinh.xsd"))
    #expect(compiled.validate(try document("<A xmlns='urn:a'>1</A>")) == [])
    #expect(compiled.validate(try document("<A xmlns='urn:a'>x</A>")).count == 1)
    #expect(compiled.validate(try document("<A2 xmlns='urn:a'>2026-01-01</A2>")) == [])
  }

  @Test("an import is found by namespace in the catalogue, with and without a location of its own")
  func catalogue() throws {
    let elsewhere = try TemporaryFolder(["b.xsd": typeB])
    for location in ["", " schemaLocation='http://example.invalid/b.xsd'", " schemaLocation='không-có.xsd'"] {
      let folder = try TemporaryFolder([
        "a.xsd": schema(
          "<xs:import namespace='urn:b'\(location)/><xs:element name='A' type='b:B'/>", namespace: "urn:a")
      ])
      let catalogue = XMLCatalogue(["urn:b": elsewhere.file("b.xsd")])
      let compiled = try XMLSchema(contentsOf: folder.file("a.xsd"), catalogue: catalogue)
      #expect(compiled.validate(try document("<A xmlns='urn:a'>x</A>")).count == 1)
      let error = xmlError { _ = try XMLSchema(contentsOf: folder.file("a.xsd")) }
      #expect(error?.code == (location.isEmpty ? .schemaInvalid : .referenceRefused))
    }
  }

  @Test(
    "references out of the folder are refused with their place",
    arguments: [
      "../ngoài.xsd", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1/b.xsd", "liên-kết.xsd", "không.xsd", "",
    ])
  func outside(location: String) throws {
    let folder = try TemporaryFolder([
      "ngoài.xsd": typeB,
      "trong/a.xsd": schema("<xs:import\n namespace='urn:b' schemaLocation='\(location)'/>", namespace: "urn:a"),
    ])
    try folder.link("trong/liên-kết.xsd", to: folder.file("ngoài.xsd"))
    let error = xmlError { _ = try XMLSchema(contentsOf: folder.file("trong/a.xsd")) }
    #expect(error?.code == .referenceRefused)
    #expect(error?.line == 3)
    #expect(error?.path?.hasSuffix("trong/a.xsd") == true)
  }

  @Test("a wider root folder lets relative locations leave the file's own folder")
  func widerRoot() throws {
    let folder = try TemporaryFolder([
      "b.xsd": typeB,
      "trong/a.xsd": schema(
        "<xs:import namespace='urn:b' schemaLocation='../b.xsd'/><xs:element name='A' type='b:B'/>", namespace: "urn:a"),
    ])
    _ = try XMLSchema(contentsOf: folder.file("trong/a.xsd"), root: folder.path)
    #expect(xmlError { _ = try XMLSchema(contentsOf: folder.file("trong/a.xsd"), root: folder.file("trong")) } != nil)
    #expect(
      xmlError { _ = try XMLSchema(contentsOf: folder.file("b.xsd"), root: folder.file("trong")) }?.code
        == .referenceRefused)
  }

  @Test("the error of a schema says file and line, of included files too")
  func errorPlace() throws {
    let folder = try TemporaryFolder([
      "a.xsd": schema("<xs:include schemaLocation='b.xsd'/>", namespace: "urn:a"),
      "b.xsd": schema("\n\n<xs:element name='B' type='t:KhongCo'/>", namespace: "urn:a"),
      "c.xsd": "<xs:schema",
    ])
    let error = xmlError { _ = try XMLSchema(contentsOf: folder.file("a.xsd")) }
    #expect(error?.code == .schemaInvalid)
    #expect(error?.line == 5)
    #expect(error?.path?.hasSuffix("/b.xsd") == true)
    #expect(error?.message.contains("KhongCo") == true)
    #expect(xmlError { _ = try XMLSchema(contentsOf: folder.file("c.xsd")) }?.path?.hasSuffix("/c.xsd") == true)
    #expect(xmlError { _ = try XMLSchema(contentsOf: folder.file("d.xsd")) }?.code == .fileUnreadable)
  }

  @Test("a schema may have a DOCTYPE with entities of its own, but no external one")
  func doctype() throws {
    let body =
      "<xs:element name='A'><xs:simpleType><xs:restriction base='xs:string'><xs:enumeration value='&e;'/></xs:restriction></xs:simpleType></xs:element>"
    let folder = try TemporaryFolder(["bí-mật": "lộ"])
    try folder.write("a.xsd", Array("<!DOCTYPE x [<!ENTITY e 'được'>]>\(schema(body, namespace: "urn:a"))".utf8))
    let compiled = try XMLSchema(contentsOf: folder.file("a.xsd"))
    #expect(compiled.validate(try document("<A xmlns='urn:a'>được</A>")) == [])
    let text = "<xs:annotation><xs:documentation>&e;</xs:documentation></xs:annotation>"
    try folder.write(
      "b.xsd",
      Array("<!DOCTYPE x [<!ENTITY e SYSTEM '\(folder.file("bí-mật"))'>]>\(schema(text, namespace: "urn:a"))".utf8))
    #expect(xmlError { _ = try XMLSchema(contentsOf: folder.file("b.xsd")) } != nil)
  }

  @Test("a schema in UTF-16 is read like any other")
  func utf16() throws {
    let source =
      "\u{FEFF}<?xml version='1.0' encoding='UTF-16'?>"
      + schema("<xs:element name='Đơn' type='xs:int'/>", namespace: "urn:a")
    let folder = try TemporaryFolder([:])
    try folder.write("a.xsd", source.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
    let compiled = try XMLSchema(contentsOf: folder.file("a.xsd"))
    #expect(compiled.validate(try document("<Đơn xmlns='urn:a'>1</Đơn>")) == [])
  }

  @Test("the number and the size of files are limited")
  func limits() throws {
    let folder = try TemporaryFolder([
      "a.xsd": schema("<xs:import namespace='urn:b' schemaLocation='b.xsd'/>", namespace: "urn:a"), "b.xsd": typeB,
    ])
    _ = try XMLSchema(contentsOf: folder.file("a.xsd"), limits: XMLSchemaLimits(files: 2))
    let files = xmlError { _ = try XMLSchema(contentsOf: folder.file("a.xsd"), limits: XMLSchemaLimits(files: 1)) }
    #expect(files?.code == .limitExceeded)
    let size = typeB.utf8.count
    _ = try XMLSchema(contentsOf: folder.file("b.xsd"), limits: XMLSchemaLimits(fileBytes: size))
    let bytes = xmlError {
      _ = try XMLSchema(contentsOf: folder.file("b.xsd"), limits: XMLSchemaLimits(fileBytes: size - 1))
    }
    #expect(bytes?.code == .limitExceeded)
  }
}
