import DocumentKit
import DossierModel
import GatewayTesting
import Orchestration
import Testing

@Suite("What a dossier decides about its procedure")
struct ProcedureFactsTests {
  private static let procedure = """
    procedure: thu
    version: 1
    title: Thủ tục thử
    choice: { least: 1, most: 1, of: { a: { title: A, when: "chon = 'a'" }, b: { title: B, when: "chon = 'b'" } } }
    steps:
      mot: { title: Một, agency: { by: "string(unit/code)", table: { "27358": xa-1, "23710": xa-2 }, otherwise: tinh } }
      hai: { title: Hai, agency: { by: "string(unit/code)", table: { "27358": xa-1 } }, choice: a }
      ba: { title: Ba, agency: y, choice: b }
      bon: { title: Bốn, agency: z, when: "number(fee) > 0" }
    """

  private func facts(_ dossier: String) throws -> ProcedureFacts {
    try ProcedureFacts(
      Procedures.read(Self.procedure), dossier: SamplePassages.xml("<dossier>\(dossier)</dossier>").root)
  }

  @Test("which steps belong to it, by what was chosen and what it says, and who carries them out, by its commune")
  func decided() throws {
    let commune = try facts("<chon>a</chon><unit><code>27358</code></unit><fee>5</fee>")
    #expect(commune.applies == ["mot", "hai", "bon"])
    #expect(commune.agencies == ["mot": "xa-1", "hai": "xa-1", "bon": "z"])
    let other = try facts("<chon>b</chon><unit><code>23710</code></unit>")
    #expect(other == ProcedureFacts(applies: ["mot", "ba"], agencies: ["mot": "xa-2", "ba": "y"]))
  }

  @Test("a commune that no row has goes to the party for all others, and is without one where there is none")
  func unknownCommune() throws {
    let found = try facts("<chon>a</chon><unit><code>00001</code></unit>")
    #expect(found.agencies == ["mot": "tinh"] && found.applies == ["mot", "hai"])
  }

  @Test(
    "too many or too few chosen procedures are no way to begin",
    arguments: [("", 0), ("<chon>a</chon><chon>b</chon>", 2)])
  func chosen(dossier: String, number: Int) {
    #expect(throws: UnfitDossier.choice(chosen: number, allowed: 1...1)) { try facts(dossier) }
  }
}
