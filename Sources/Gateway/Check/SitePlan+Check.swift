import DocumentKit
import DossierModel
import Translation

extension SitePlan {
  /// What `lienthong check` has to say of a site that could be started. It reads and compiles what a gateway at its start leaves
  /// alone, hence it is no part of ``init(_:)``.
  package func findings() -> [SiteFinding] {
    conditionFindings() + unusedMappingFindings() + unboundAddressFindings()
      + Self.unaskedCertificates(of: site).filter { $0.level == .warning }
  }

  /// Mistakes in the mappings of the catalogue that no message type of this site names: those that it does name have compiled.
  private func unusedMappingFindings() -> [SiteFinding] {
    do throws(MappingErrors) {
      _ = try MappingRegistry(contentsOf: site.catalogue + "/Mappings")
      return []
    } catch {
      return error.errors.map { error in
        SiteFinding(
          .unusedMapping, at: error.position,
          Sentence("in a mapping that this site does not use: ", "trong bản ánh xạ mà trục không dùng: ")
            + error.message,
          remedy: error.remedy)
      }
    }
  }

  /// Parties that are given addresses of files, of which the site does not say from where, or showing what, they call.
  ///
  /// A certificate among a party's credentials binds nothing by itself: a caller that shows none is served as well.
  private func unboundAddressFindings() -> [SiteFinding] {
    site.parties.filter { $0.filesTo == nil }.compactMap { entry in
      let rows = (received[entry.party.id] ?? []).compactMap { catalogue.fromCanonical[$0.name] }.flatMap(\.fileRows)
      guard let row = rows.first(where: { $0.form == .url }) else { return nil }
      let canShowCertificate =
        entry.party.credentials.contains(where: \.isCertificate) && site.tls?.clientAuthorities != nil
      return SiteFinding(
        .unboundAddress, at: entry.position,
        Sentence(
          "‘\(entry.party.id)’ is given addresses of files (\(row.position)), and each serves whoever has it",
          "‘\(entry.party.id)’ được cấp địa chỉ tệp (\(row.position)), và ai có địa chỉ cũng tải được tệp"),
        remedy: canShowCertificate
          ? Sentence(
            "add ‘filesTo: { certificate: true }’, ‘from: [RANGE, …]’ with the networks it calls from, or both",
            "hãy thêm ‘filesTo: { certificate: true }’, ‘from: [DẢI, …]’ với các mạng mà bên đó gọi từ đó, hoặc cả hai")
          : Sentence(
            "add ‘filesTo: { from: [RANGE, …] }’ with the networks it calls from",
            "hãy thêm ‘filesTo: { from: [DẢI, …] }’ với các mạng mà bên đó gọi từ đó"))
    }
  }
}
