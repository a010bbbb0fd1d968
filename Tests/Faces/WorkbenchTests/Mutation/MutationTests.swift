import DocumentKit
import ServiceKit
import Testing

@testable import Workbench

@Suite("Each constraint of a schema, broken in a sample")
struct MutationTests {
  @Test("is found by the validator, by its rule and at its place", arguments: ShippedSchema.all)
  func shipped(schema: ShippedSchema) throws {
    let maker = try SampleMaker(contentsOf: schema.path, root: schema.root, seed: 11)
    let run = try MutationRun(maker, hasOneOf: schema.hasOneOf)
    #expect(run.misses.map(\.description) == [], "\(schema)")
    #expect(run.left == Self.unbroken[schema.testDescription, default: []], "\(schema)")
    #expect(!run.totals.isEmpty || maker.shape.places.count < 3)
  }

  /// What no sample can be broken in alone, by schema and root: the constraint, its place and the reason. Each is broken in
  /// an example in `invalid/` of its schema, or of the schema that has it for them.
  private static let unbroken: [String: [String]] = [
    "dvclt/1/chi-tiet.response.schema.json root": unit,
    "dvclt/1/danh-sach.response.schema.json root": unit,
    "dvclt/1/ho-so.schema.json root": unit,
    "dvcqg-a/1/dang-nhap.response.schema.json root": [condition],
    "dvcqg-a/1/dong-bo-ho-so-mc.request.schema.json root": [condition, condition],
    "dvcqg-a/1/ho-so.schema.json root": [condition, condition],
    "dvcqg-a/1/syns-tthcc.request.schema.json root": [condition, condition],
    "dvcqg-a/1/syns-tthcc.response.schema.json root": ["pattern: ‘response_code pattern 0’: \(noValue)"],
    "dvcqg-b/1/cap-nhat-trang-thai.request.schema.json root": [condition],
    "dvcqg-b/1/trang-thai.schema.json root": [condition],
    "edxml/1/document.xsd edXML": [
      "xs:key: a rule between places, which the shape does not show",
      "xs:keyref: a rule between places, which the shape does not show", "‘ContentId’: no sample has it",
    ],
    "vbdlis/1/cung-cap-so-bien-nhan.request.schema.json root": units,
    "vbdlis/1/tiep-nhan.request.schema.json root": units,
  ]
  /// Their number is among the forms of a text or number, and samples write the text.
  private static let unit = ["large", "small"].map { "too \($0): ‘maDonVi’: \(noValue)" }
  private static let units = ["HuyenId", "TinhId", "XaId"].map { "too small: ‘\($0)’: \(noValue)" }
  private static let condition = "if: a rule between places, which the shape does not show"
  private static let noValue = "no sample has a value that it speaks of"

  @Test("and no list of what cannot be broken is of a schema that is not there")
  func lists() {
    #expect(Set(Self.unbroken.keys).subtracting(ShippedSchema.all.map(\.testDescription)) == [])
  }

  @Test("is not found where nothing is broken: the mutation is what the finding is about")
  func canary() throws {
    for schema in ShippedSchema.all.prefix(5) {
      let maker = try SampleMaker(contentsOf: schema.path, root: schema.root, seed: 11)
      var plan = SamplePlan()
      plan.fill = .full
      let sample = try maker.validNode(plan, chance: SeededGenerator(seed: 11))
      #expect(try maker.findings(sample.bytes) == [])
    }
  }
}
