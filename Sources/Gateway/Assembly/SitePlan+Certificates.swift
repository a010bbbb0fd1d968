import DocumentKit
import DossierModel

/// Certificates of parties at a site whose server asks no caller for one, as its `tls` has no `clientAuthorities`.
extension SitePlan {
  /// Parties that have to show a certificate where the gateway asks nobody for one: they could fetch nothing at all.
  static func unservedCallers(of site: Site) -> [SiteFinding] {
    guard site.tls?.clientAuthorities == nil else { return [] }
    return site.parties.compactMap { entry in
      guard let position = entry.filesToCertificatePosition else { return nil }
      return SiteFinding(
        .misfit, at: position, subject: "filesTo.certificate",
        Sentence(
          "‘\(entry.party.id)’ has to show a certificate and the gateway asks nobody for one: it could fetch no file",
          "‘\(entry.party.id)’ phải xuất trình chứng thư mà trục không yêu cầu ai xuất trình: bên này không tải được tệp nào"
        ),
        remedy: Sentence(
          "add ‘clientAuthorities: FILE’ to ‘tls’ of \(site.folder)/gateway.yaml, or bind the party by ‘from: [RANGE, …]’",
          "hãy thêm ‘clientAuthorities: TỆP’ vào ‘tls’ của \(site.folder)/gateway.yaml, hoặc ràng buộc bên này bằng "
            + "‘from: [DẢI, …]’"))
    }
  }

  /// Parties with a certificate among their credentials that they are never asked to show: an error where they have no other
  /// credential, so that nobody could ever know them, and a warning where another one serves.
  static func unaskedCertificates(of site: Site) -> [SiteFinding] {
    guard site.tls?.clientAuthorities == nil else { return [] }
    return site.parties.compactMap { entry in
      guard let position = entry.certificatePosition else { return nil }
      let isOnlyOne = entry.party.credentials.allSatisfy(\.isCertificate)
      let unasked = Sentence(
        "‘\(entry.party.id)’ has a certificate and the gateway asks nobody for one: ",
        "‘\(entry.party.id)’ có chứng thư mà trục không yêu cầu ai xuất trình: ")
      return SiteFinding(
        isOnlyOne ? .misfit : .unaskedCertificate, at: position, subject: "credentials.certificate",
        unasked
          + (isOnlyOne
            ? Sentence(
              "it has no other credential, so it can never call",
              "bên này không có thông tin xác thực nào khác nên không bao giờ gọi được")
            : Sentence(
              "it is known by its other credentials alone", "trục chỉ nhận ra bên này qua thông tin xác thực khác")),
        remedy: Sentence(
          "add ‘clientAuthorities: FILE’ to ‘tls’ of \(site.folder)/gateway.yaml, or ",
          "hãy thêm ‘clientAuthorities: TỆP’ vào ‘tls’ của \(site.folder)/gateway.yaml, hoặc ")
          + (isOnlyOne
            ? Sentence("give the party another credential", "cấp cho bên này thông tin xác thực khác")
            : Sentence("remove the certificate", "bỏ chứng thư")))
    }
  }
}
