import DocumentKit
import DossierModel
import Translation

extension SitePlan {
  /// What `lienthong check` has to say of a site that could be started. It reads and compiles what a gateway at its start leaves
  /// alone, hence it is no part of ``init(_:)``.
  package func findings() -> [SiteFinding] {
    conditionFindings() + unusedMappingFindings() + unboundAddressFindings()
  }

  /// Mistakes in the mappings of the catalogue that no message type of this site names: those that it does name have compiled.
  private func unusedMappingFindings() -> [SiteFinding] {
    do throws(MappingErrors) {
      _ = try MappingRegistry(contentsOf: site.catalogue + "/Mappings")
      return []
    } catch {
      return error.errors.map { error in
        SiteFinding(
          .warning, .unusedMapping, at: error.position, "in a mapping that this site does not use: \(error.message)",
          remedy: error.remedy.english)
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
        .warning, .unboundAddress, at: entry.position,
        "‘\(entry.party.id)’ is given addresses of files (\(row.position)), and each serves whoever has it",
        remedy: canShowCertificate
          ? "add ‘filesTo: { certificate: true }’, ‘from: [RANGE, …]’ with the networks it calls from, or both"
          : "add ‘filesTo: { from: [RANGE, …] }’ with the networks it calls from")
    }
  }
}
