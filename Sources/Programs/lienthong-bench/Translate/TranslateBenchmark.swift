import DocumentKit
import Glibc
import JSONKit
import Translation
import Validation
import XMLKit

/// One document through parse, validate and translate, beside the C programs and the Python libraries, in one run.
struct TranslateBenchmark {
  private let documents: TranslateDocuments

  init(document: String) throws {
    documents = try TranslateDocuments(document: document)
  }

  func run() throws {
    let inbound = try documents.mapping(TranslateDocuments.inbound)
    let outbound = try documents.mapping(TranslateDocuments.outbound)
    let rows = TranslateDocuments.rowCount(inbound.definition?.rows ?? [])
    print("\(MachineLoad.moment), load before: \(MachineLoad.text)")
    print("processor time of one thread, one document, medians; \(documents.json.count) bytes of generation-A JSON,")
    print("\(documents.canonical.count) bytes of the same as canonical XML; \(inbound.label) has \(rows) rows\n")
    let validation = try printSteps(inbound: inbound, outbound: outbound)
    try printRatio(inbound)
    try printScale(outbound)
    try printPrograms()
    try printPython(validation: validation)
    print("\nload after: \(MachineLoad.text)")
  }

  /// Each step alone; returns what the JSON Schema costs.
  private func printSteps(inbound: Mapping, outbound: Mapping) throws -> Double {
    let json = try JSONDocument(parsing: documents.json)
    let jsonTree = try DocumentTree(json: json.root)
    let xml = try XMLDocument(parsing: documents.canonical)
    let xmlTree = try DocumentTree(xml: xml)
    let target = try TranslateDocuments.translate(jsonTree, by: inbound)
    let jsonSchema = try JSONSchemaFile.compile(TranslateDocuments.sourceSchema)
    let xmlSchema = try XMLSchema(contentsOf: TranslateDocuments.canonicalSchema)
    guard jsonSchema.validate(json.root).isEmpty, xmlSchema.validate(xml).isEmpty else {
      throw BenchError("the document is not valid")
    }
    let validation = StepTime.measure("JSON Schema (valid, all of it)") { _ = jsonSchema.validate(json.root) }
    let steps = [
      try StepTime.measure("JSON parse") { _ = try JSONDocument(parsing: documents.json) },
      try StepTime.measure("JSON into the tree") { _ = try DocumentTree(json: json.root) },
      validation,
      try StepTime.measure("rows, JSON to canonical XML") { _ = try inbound.translate(jsonTree) },
      StepTime.measure("serialise the XML") { _ = target.xml() },
      try StepTime.measure("XML parse") { _ = try XMLDocument(parsing: documents.canonical) },
      StepTime.measure("XSD (libxml2)") { _ = xmlSchema.validate(xml) },
      try StepTime.measure("rows, canonical XML to LGSP XML") { _ = try outbound.translate(xmlTree) },
    ]
    steps.forEach { print($0.textWithRate) }
    let whole = steps[0..<5].reduce(0) { $0 + $1.microseconds }
    print("  JSON in, checked, translated, XML out: \(Figures.whole(1e6 / whole)) documents/s on one core")
    return validation.microseconds
  }

  /// The bar: rows cost at most one and a half times the same stylesheet in libxslt.
  private func printRatio(_ inbound: Mapping) throws {
    let tree = try DocumentTree(parsing: documents.json, as: .json)
    let stylesheet = try XSLTStylesheet(contentsOf: TranslateDocuments.stylesheet)
    let byRows = try TranslateDocuments.translate(tree, by: inbound).xml()
    guard try stylesheet.transform(tree.document).document.serialised() == byRows else {
      throw BenchError("the stylesheet and the rows do not write the same document")
    }
    let pair = try PairedTime.measure {
      _ = try inbound.translate(tree)
    } against: {
      _ = try stylesheet.transform(tree.document)
    }
    print(
      "\nrows against the same translation in libxslt (both write the same bytes), in turns, "
        + "ratio \(Figures.two(pair.ratio)) (bar 1.5):")
    print(StepTime(name: "translate (rows)", microseconds: pair.first).textWithRate)
    print(StepTime(name: "translate (XSLT)", microseconds: pair.second).textWithRate)
  }

  private func printScale(_ outbound: Mapping) throws {
    print("\ngrowth, canonical XML, µs per KB:      parse     XSD    rows")
    let schema = try XMLSchema(contentsOf: TranslateDocuments.canonicalSchema)
    for wanted in [10_000, 100_000, 1_000_000] {
      let bytes = try documents.canonical(ofBytes: wanted)
      let tree = try DocumentTree(parsing: bytes, as: .xml)
      guard schema.validate(tree.document).isEmpty else { throw BenchError("the large document is not valid") }
      let calls = max(5, 2_000_000 / wanted)
      let kilobytes = Double(bytes.count) / 1_000
      let times = [
        try StepTime.measure("", calls: calls) { _ = try XMLDocument(parsing: bytes) },
        StepTime.measure("", calls: calls) { _ = schema.validate(tree.document) },
        try StepTime.measure("", calls: calls) { _ = try outbound.translate(tree) },
      ]
      let figures = times.map { time in
        let text = Figures.two(time.microseconds / kilobytes)
        return String(repeating: " ", count: max(1, 8 - text.count)) + text
      }
      let size = "\(Figures.whole(kilobytes)) KB"
      print("  " + size + String(repeating: " ", count: 34 - size.count) + figures.joined())
    }
  }

  /// The programs of the C libraries themselves, on the same files; they parse each time.
  private func printPrograms() throws {
    let folder = try BenchFolder()
    defer { folder.remove() }
    let tree = try DocumentTree(parsing: documents.json, as: .json)
    let source = try folder.write(tree.xml(), as: "source.xml")
    let canonical = try folder.write(documents.canonical, as: "canonical.xml")
    // `--repeat` does each file 20 times in xsltproc, 100 times in xmllint.
    let files = 50
    print("\nthe C libraries' own programs, parsing included, for the same documents:")
    printProgram(
      "xsltproc, the stylesheet above",
      OtherProgram.microseconds(
        one: ["xsltproc", "--noout", TranslateDocuments.stylesheet, source],
        many: ["xsltproc", "--noout", "--repeat", TranslateDocuments.stylesheet]
          + [String](repeating: source, count: files),
        documents: files * 20), install: "xsltproc")
    printProgram(
      "xmllint, the XSD above",
      OtherProgram.microseconds(
        one: ["xmllint", "--noout", "--schema", TranslateDocuments.canonicalSchema, canonical],
        many: ["xmllint", "--noout", "--repeat", "--schema", TranslateDocuments.canonicalSchema]
          + [String](repeating: canonical, count: files / 5),
        documents: files / 5 * 100), install: "libxml2-utils")
  }

  private func printProgram(_ name: String, _ microseconds: Double?, install: String) {
    guard let microseconds else { return print("  \(name): left out, the Debian package \(install) is not installed") }
    print(StepTime(name: name, microseconds: microseconds).textWithRate)
  }

  private func printPython(validation: Double) throws {
    print("\nPython on the same documents:")
    let folder = try BenchFolder()
    defer { folder.remove() }
    let tree = try DocumentTree(parsing: documents.json, as: .json)
    let arguments = [
      "/usr/bin/python3", "-W", "ignore", "Tests/Fixtures/bench/translate.py",
      try folder.write(documents.json, as: "source.json"), "Schemas/dvcqg-a/1", "ho-so.schema.json",
      try folder.write(tree.xml(), as: "source.xml"), TranslateDocuments.stylesheet,
      try folder.write(documents.canonical, as: "canonical.xml"), TranslateDocuments.canonicalSchema,
    ]
    guard let run = OtherProgram.run(arguments) else {
      return print(
        "  left out: python3-lxml, python3-jsonschema and python3-fastjsonschema of Debian are not installed")
    }
    for line in run.output.split(separator: "\n") {
      let parts = line.split(separator: "\t")
      guard parts.count == 2 else { throw BenchError("translate.py wrote: \(line)") }
      guard let microseconds = Double(parts[1]) else {
        print("  \(parts[0]): left out, \(parts[1])")
        continue
      }
      print(StepTime(name: String(parts[0]), microseconds: microseconds).textWithRate)
      if parts[0] == "jsonschema" {
        print("  our JSON Schema is \(Figures.one(microseconds / validation)) times as fast (bar 20)")
      }
    }
  }
}
