import DossierModel
import Reconciliation
import Statistics
import Testing

@Suite("The comparison of the lists")
struct ReconcilerTests {
  @Test("finds nothing where ledger, sender and portal agree, and counts what it saw")
  func agreement() throws {
    let rows = try ["A-1:processing:P", "A-2:returned:P"].map { try Lists.row($0) }
    let (words, _, counts) = try Lists.compare(
      Lists.ledger(["+A-1:processing:P", "+A-2:returned:P"]), sender: rows, portal: rows, in: Lists.scope())
    #expect(words == [])
    #expect(counts.compared == 2 && counts.inLedger == 2 && counts.onPortal == 2)
    #expect(counts.inSenderList == 2 && counts.inPortalList == 2 && counts.findings.isEmpty)
  }

  @Test("tells what is missing on either side, differs, or is listed twice, one by one")
  func kinds() throws {
    let (words, found, counts) = try Lists.compare(
      Lists.ledger(["+A-1:processing", "+A-2:completed", "A-4:accepted", "+A-5:accepted:P"]),
      sender: ["A-1:processing", "A-2:completed", "A-3:registered", "A-5:accepted:P"].map { try Lists.row($0) },
      portal: ["A-1:processing", "A-1:processing", "A-2:processing", "A-5:accepted:Q", "A-6"].map { try Lists.row($0) },
      in: Lists.scope())
    #expect(
      words == [
        "duplicate portal A-1", "stateDiffers portal A-2", "missingHere sender A-3", "missingThere sender A-4",
        "missingThere portal A-4", "procedureDiffers portal A-5", "missingHere portal A-6",
      ])
    #expect(found[1].ours == "completed" && found[1].theirs == "processing" && found[1].anomaly == nil)
    #expect(counts.findings.values.reduce(0, +) == words.count && counts.compared == 6 && counts.onPortal == 3)
  }

  @Test("goes by our own deliveries where the portal is not asked and gave no list")
  func withoutPortal() throws {
    let (words, found, counts) = try Lists.compare(Lists.ledger(["+A-1", "A-2"]), in: Lists.scope())
    #expect(words == ["missingThere portal A-2"] && !found[0].wasDelivered && counts.onPortal == 1)
    let listed = try Lists.compare(Lists.ledger(["+A-1", "A-2"]), portal: [Lists.row("A-2")], in: Lists.scope())
    #expect(listed.words == ["missingThere portal A-1"] && listed.found[0].wasDelivered && listed.counts.onPortal == 1)
  }

  @Test("keeps to the day, the procedure and the sender, by what the ledger knows of a dossier")
  func scope() throws {
    let earlier = try Lists.ledger(["+A-0:processing:P"], day: "19")
    let today = try Lists.ledger(["+A-1:processing:P", "+A-2:processing:Q"])
    let others = try Lists.ledger(["A-3:processing:P"], sender: "khac")
    let portal =
      try ["A-0:returned:P", "A-2:returned:Q"].map { try Lists.row($0) }
      + [Lists.row("B-1", at: "19"), Lists.row("B-2::Q", at: "20"), Lists.row("B-3", at: "20")]
    let (words, _, _) = try Lists.compare(
      earlier + today + others, portal: portal, in: Lists.scope(procedure: "P", sender: "mot-cua"))
    // B-2 says another procedure and B-1 another day; B-3 says nothing against it.
    #expect(words == ["missingThere portal A-1", "missingHere portal B-3"])
  }

  @Test("takes a list that has a dossier twice as agreeing when one of its rows does")
  func duplicates() throws {
    let portal = try ["A-1:processing", "A-1:accepted"].map { try Lists.row($0) }
    #expect(
      try Lists.compare(Lists.ledger(["+A-1:accepted"]), portal: portal, in: Lists.scope()).words
        == ["duplicate portal A-1"])
    #expect(
      try Lists.compare(Lists.ledger(["+A-1:returned"]), portal: portal, in: Lists.scope()).words
        == ["stateDiffers portal A-1", "duplicate portal A-1"])
  }

  @Test("tells a status that it does not know as a difference, and one that is not told as none")
  func unknownStatus() throws {
    let (words, found, _) = try Lists.compare(
      Lists.ledger(["+A-1:accepted", "+A-2:accepted"]), portal: [Lists.row("A-1:đang chờ"), Lists.row("A-2")],
      in: Lists.scope())
    #expect(words == ["stateDiffers portal A-1"] && found[0].theirs == "đang chờ")
  }

  @Test("knows the request for a supplement that the portal shows as done", arguments: ["completed", "returned"])
  func rewritten(theirs: String) throws {
    let ledger = try Lists.ledger(["+A-1:supplementRequested", "+A-2:stopped", "+A-3:processing"])
    let (_, found, _) = try Lists.compare(
      ledger, portal: ["A-1", "A-2", "A-3"].map { try Lists.row("\($0):\(theirs)") }, in: Lists.scope())
    #expect(found.map(\.anomaly) == [.rewrittenSupplement, .rewrittenSupplement, nil])
  }

  @Test("refuses rows that do not come in the order of their codes: what is behind would be missed")
  func unordered() throws {
    let ledger = try Lists.ledger(["A-1", "A-2"])
    #expect {
      _ = try Lists.compare(ledger.reversed(), in: Lists.scope())
    } throws: { ($0 as? ListError)?.code == .unordered }
  }

  @Test("orders codes by their bytes, as the ledger does")
  func order() throws {
    let codes = ["a-1", "B-1", "Đ-1", "D-1", "B-10", "B-2"]
    #expect(
      codes.map { DossierCode($0) }.sorted { $0.precedes($1) }.map(\.text) == [
        "B-1", "B-10", "B-2", "D-1", "a-1", "Đ-1",
      ])
  }
}
