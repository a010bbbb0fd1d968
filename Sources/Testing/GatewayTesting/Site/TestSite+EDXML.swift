extension TestSite {
  /// Two agencies that exchange edXML, by party: the code by which they are called and sign, and the secret.
  package static let edXMLAgencies: [(party: String, code: String, secret: String)] = [
    ("xa-an-thu", "H99.20", "bi-mat-thu-nghiem-xa"), ("so-noi-vu", "H99.30", "bi-mat-thu-nghiem-so"),
  ]

  private static func receiving(_ party: String, _ exchange: Int?) -> String {
    guard let exchange, let first = edXMLAgencies.first, party != first.party else {
      return "receives: { profile: edxml-vxp, pull: true }"
    }
    return """
      receives:
        profile: edxml-vxp
        address: http://127.0.0.1:\(exchange)/vxp
        secrets: { secret: "file:../secrets/\(first.party)" }
        values: { systemId: \(first.code) }
        retry: { minimum: 100ms, maximum: 1s, lifetime: 1h }
      """
  }

  /// Opens the door of the VXP wire at `/vxp` and adds the two agencies, with routes between them for dossiers and statuses,
  /// and from the one-stop system to the second. `exchange`: the port of another such gateway through which the second is
  /// reached; this one signs there as the first.
  package func addEDXML(exchange: Int? = nil) {
    append("  edxml-vxp: { path: /vxp }", to: "gateway.yaml")
    for agency in Self.edXMLAgencies {
      TestFiles.write(agency.secret + "\n", to: "\(site)/secrets/\(agency.party)")
      TestFiles.write(
        """
        party: \(agency.party)
        name: \(agency.party) (thử)
        agency: \(agency.code)
        credentials: [{ vxp: { system: \(agency.code), secret: "file:../secrets/\(agency.party)" } }]
        sends: [edxml-vxp/document, edxml-vxp/status]
        \(Self.receiving(agency.party, exchange))

        """, to: "\(site)/parties/\(agency.party).yaml")
    }
    // A letter about a dossier is too little for the portal: what these agencies send is not mirrored there.
    let routes = String(decoding: TestFiles.read(site + "/routes.yaml"), as: UTF8.self)
    let lines = routes.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasSuffix("to: [cong] }")
        ? String(line.dropLast(12)) + "from: [mot-cua, so-xay-dung, so-tu-phap], to: [cong] }" : String(line)
    }
    TestFiles.write(lines.joined(separator: "\n"), to: site + "/routes.yaml")
    append(
      """
        - { name: edXML, message: dossier, from: [xa-an-thu, so-noi-vu], to: [xa-an-thu, so-noi-vu] }
        - { name: trạng thái edXML, message: progress, from: [xa-an-thu, so-noi-vu], to: [xa-an-thu, so-noi-vu] }
      """, to: "routes.yaml")
  }
}
