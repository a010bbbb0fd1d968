import GatewayTesting
import Simulation

/// The two agencies of a test site with their service objects and documents.
enum VXPVisitors {
  static let commune = VXPDocuments.Organisation(code: "H99.20", name: "UBND xã An Thử")
  static let department = VXPDocuments.Organisation(code: "H99.30", name: "Sở Nội vụ")

  /// A new service object of the agency with this code.
  static func service(
    of agency: VXPDocuments.Organisation, port: Int, path: String = "/vxp", retry: Int = 3, secret: String? = nil
  ) -> VXPService {
    let known = TestSite.edXMLAgencies.first { $0.code == agency.code }?.secret
    return VXPService(
      port: UInt16(port), path: path, system: agency.code, secret: secret ?? known ?? "khong-ai-biet", retry: retry)
  }

  static func dossier(
    _ code: String = "H99.20-261120-0001", attachments: [VXPDocuments.Attachment] = []
  ) -> VXPDocuments.Dossier {
    VXPDocuments.Dossier(
      code: code, procedure: "1.004199", owner: "Cao Bá Thử", summary: "Đăng ký biến động quyền sử dụng đất",
      date: "2026/11/20", attachments: attachments)
  }

  static func document(_ code: String = "H99.20-261120-0001") -> [UInt8] {
    VXPDocuments.document(dossier(code), from: commune, to: [department])
  }

  static func status(_ status: String, at: String = "2026/11/20 14:05:09") -> [UInt8] {
    VXPDocuments.status(
      status, of: dossier(), sentBy: commune, from: department, staff: "Phạm Thu Hà", at: at)
  }
}
