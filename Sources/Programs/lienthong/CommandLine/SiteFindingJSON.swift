import DocumentKit
import Gateway
import JSONKit
import Workbench

/// What `--json` of the checks of sites and profiles prints.
enum SiteFindingJSON {
  static func print(_ findings: [SiteFinding]) {
    Terminal.printJSONObject { writer in
      writer.member("findings", findings) { finding, writer in
        writer.member("level", finding.level.rawValue)
        writer.member("rule", finding.rule.rawValue)
        WorkbenchJSON.write(finding.position, &writer)
        writer.member("subject", finding.subject)
        WorkbenchJSON.write(finding.message, remedy: finding.remedy, &writer)
      }
    }
  }
}
