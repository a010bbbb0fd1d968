import DossierModel
import Statistics
import Testing

@Suite("What looks wrong in the course of a dossier")
struct CaseAnomalyTests {
  private func found(
    result: Bool = true, _ statuses: (DossierStatus, String)...
  ) throws -> [CaseAnomaly] {
    var one = try Cases.one()
    one.statuses = try statuses.map { DossierCase.StatusChange($0.0, at: try Cases.moment($0.1)) }
    if result { one.marks = [.electronicResult] }
    return CaseAnomaly.found(in: one)
  }

  @Test("nothing in the courses that real clients make")
  func courses() throws {
    #expect(
      try found(
        (.registered, "02"), (.accepted, "03"), (.processing, "04"), (.supplementRequested, "05"), (.processing, "09"),
        (.paymentRequested, "10"), (.processing, "11"), (.completed, "12"), (.returned, "13")) == [])
    #expect(try found((.registered, "02"), (.notAccepted, "03")) == [])
    #expect(try found((.accepted, "02"), (.notAccepted, "03")) == [])
    #expect(try found((.processing, "02"), (.stopped, "03")) == [])
    #expect(try found((.supplementRequested, "05"), (.withdrawn, "06")) == [])
    // Told late, and out of order; the moments say how it was.
    #expect(try found((.completed, "12"), (.processing, "04")) == [])
    // Done at once after the supplement came; the step between was not told.
    #expect(try found((.supplementRequested, "05"), (.completed, "05 09:01")) == [])
  }

  @Test("done without a result")
  func withoutResult() throws {
    #expect(try found(result: false, (.processing, "04"), (.completed, "05")) == [.completedWithoutResult])
    #expect(try found(result: false, (.returned, "05")) == [.completedWithoutResult])
    #expect(try found(result: false, (.stopped, "05")) == [])
  }

  @Test("not where the sender's tongue has no place for a result, nor where a result without a code has its file")
  func untellableResult() throws {
    var one = try Cases.one()
    one.statuses = [.init(.completed, at: try Cases.moment("05"), mayHaveResult: false)]
    #expect(CaseAnomaly.found(in: one) == [])
    one.statuses.append(.init(.returned, at: try Cases.moment("06")))
    #expect(CaseAnomaly.found(in: one) == [.completedWithoutResult], "one that could tell it did not")
    one.marks = [.result]
    #expect(CaseAnomaly.found(in: one) == [])
  }

  @Test("a status that goes back, or from one end to another")
  func backwards() throws {
    #expect(try found((.processing, "04"), (.accepted, "05")) == [.statusWentBackwards])
    #expect(try found((.returned, "04"), (.completed, "05")) == [.statusWentBackwards])
    #expect(try found((.completed, "04"), (.processing, "05")) == [.statusWentBackwards])
    #expect(try found((.stopped, "04"), (.completed, "05")) == [.statusWentBackwards])
    #expect(try found((.notAccepted, "04"), (.registered, "05")) == [.statusWentBackwards])
  }

  @Test("not what was heard of first without a moment, when what was before is told afterwards")
  func untold() throws {
    var one = try Cases.one()
    one.marks = [.electronicResult]
    one.statuses = [
      .init(.processing, at: try Cases.moment("20"), isTold: false), .init(.completed, at: try Cases.moment("12")),
    ]
    #expect(CaseAnomaly.found(in: one) == [])
    one.statuses.append(.init(.processing, at: try Cases.moment("21"), isTold: false))
    #expect(CaseAnomaly.found(in: one) == [.statusWentBackwards])
  }

  @Test("a request to the citizen, or a stop, that is told as done at the moment of the request, or before")
  func rewritten() throws {
    for status in [DossierStatus.supplementRequested, .paymentRequested] {
      #expect(try found((.processing, "04"), (status, "05"), (.completed, "05")) == [.rewrittenSupplement])
      #expect(try found((status, "05"), (.completed, "04")).contains(.rewrittenSupplement))
    }
    #expect(
      try found(result: false, (.stopped, "05"), (.completed, "05"))
        == [.completedWithoutResult, .statusWentBackwards, .rewrittenSupplement])
  }

  @Test("what came after a moment is not known then")
  func until() throws {
    var one = try Cases.one((.processing, "04"), (.accepted, "06"))
    one.marks = [.electronicResult]
    #expect(CaseAnomaly.found(in: one, before: try Cases.moment("06")) == [])
    #expect(CaseAnomaly.found(in: one, before: try Cases.moment("06 09:01")) == [.statusWentBackwards])
  }
}
