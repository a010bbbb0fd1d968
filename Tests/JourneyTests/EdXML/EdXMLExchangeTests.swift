import GatewayTesting
import Simulation
import Testing

/// Two gateways: one sends over the VXP wire to the door of the other.
@Suite("A gateway sends edXML to another one's door", .serialized, .timeLimit(.minutes(5)))
struct EdXMLExchangeTests {
  @Test("a dossier and its status go on signed, arrive once, and are delivered when the other has said where they are")
  func relayed() throws {
    let far = TestSite()
    far.addEDXML()
    let farther = try GatewayInProcess(far)
    let near = TestSite()
    near.addEDXML(exchange: farther.port)
    let gateway = try GatewayInProcess(near)
    let visitor = try Visitor(port: gateway.port)

    let commune = VXPVisitors.service(of: VXPVisitors.commune, port: gateway.port)
    let file = VXPDocuments.Attachment(name: "Đơn.pdf", type: "application/pdf", bytes: Array("%PDF-1.4".utf8))
    let document = VXPDocuments.document(
      VXPVisitors.dossier(attachments: [file]), from: VXPVisitors.commune, to: [VXPVisitors.department])
    let sent = try #require(commune.sendEdoc(document, from: "H99.20", to: ["H99.30"]))
    try #require(sent.isSuccess, "\(sent)")
    #expect(Patience.until { visitor.states(of: "H99.20-261120-0001", to: "so-noi-vu") == ["delivered"] })

    let department = VXPVisitors.service(of: VXPVisitors.department, port: farther.port)
    let list = try #require(department.getReceivedEdocList()?.items)
    #expect(list.count == 1 && list.first?["from"] == "H99.20")
    let docID = try #require(list.first?["docId"])
    let text = String(decoding: try #require(department.getEdoc(docID)?.file), as: UTF8.self)
    #expect(text.contains("1.004199/Cao Bá Thử/H99.20-261120-0001") && text.contains("JVBERi0xLjQ="))
    #expect(department.updateStatus(docID, "done")?.isSuccess == true)
    let trace = try #require(commune.getSentEdocList("edoc")?.items)
    #expect(trace.map { $0["receiveStatus"] } == ["done"], "the exchange has it")
  }

  @Test("what the other refuses is refused here, with its sender's list saying so")
  func refused() throws {
    let far = TestSite()
    far.addEDXML()
    // There the first may send no documents.
    let party = far.site + "/parties/xa-an-thu.yaml"
    let text = String(decoding: TestFiles.read(party), as: UTF8.self)
    TestFiles.write(text.replacing("edxml-vxp/document, ", with: ""), to: party)
    let farther = try GatewayInProcess(far)
    let near = TestSite()
    near.addEDXML(exchange: farther.port)
    let gateway = try GatewayInProcess(near)
    let visitor = try Visitor(port: gateway.port)
    let commune = VXPVisitors.service(of: VXPVisitors.commune, port: gateway.port)
    #expect(commune.sendEdoc(VXPVisitors.document(), from: "H99.20", to: ["H99.30"])?.isSuccess == true)
    #expect(Patience.until { visitor.states(of: "H99.20-261120-0001", to: "so-noi-vu") == ["refused"] })
    #expect(commune.getSentEdocList("edoc")?.items?.first?["receiveStatus"] == "rejection")
  }
}
