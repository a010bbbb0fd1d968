import DossierModel
import DossierStore
import HTTPKit
import JSONKit
import Reception
import Testing

@Suite("While the intake is closed")
struct IntakeGateTests {
  private let rig: ReceptionRig
  init() throws { rig = try ReceptionRig() }

  @Test("a message is answered 503 with a time to come again, in both languages, and leaves no trace; then it is taken")
  func message() throws {
    rig.gate.isOpen = false
    let refused = try rig.post(#"{"MaHoSo":"H1"}"#)
    #expect(refused.status == 503 && refused.headers["Retry-After"] != nil)
    let problem = try rig.json(refused)
    #expect(problem["type"]?.string == "urn:lienthong:problem:unavailable" && problem["retryable"]?.boolean == true)
    #expect(problem["detail"]?.string?.contains("disk space") == true)
    #expect(problem["detailVi"]?.string?.contains("hết chỗ") == true)
    #expect(try rig.store.timeline(of: "H1", visibleTo: nil) == nil)
    rig.gate.isOpen = true
    #expect(try rig.post(#"{"MaHoSo":"H1"}"#).status == 202)
    #expect(try rig.refusals().isEmpty, "the journal does not grow with what is turned away")
  }

  @Test("generation A is told the same in its tongue")
  func generationA() throws {
    let session = try rig.session()
    rig.gate.isOpen = false
    let call = """
      {"session":"\(session)","service":"DongBoHoSoMC","isUpdating":"False","data":[{"MaHoSo":"H1","MaTTHC":"1"}]}
      """
    let refused = try rig.call(call)
    #expect(refused.status == 503 && refused.headers["Retry-After"] != nil)
    #expect(try rig.json(refused)["message"]?.string?.contains("hết chỗ") == true)
  }
}
