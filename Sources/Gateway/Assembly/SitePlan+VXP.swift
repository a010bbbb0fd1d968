import DocumentKit
import DossierModel
import FileKit
import JSONKit
import Reception
import ServiceKit

extension SitePlan {
  /// The systems that may sign requests; a secret that cannot be read, and an id that is there twice, are problems.
  static func vxpSystems(of site: Site, problems: inout [SiteFinding]) -> VXPSystems {
    var systems: [String: VXPSystems.System] = [:]
    for entry in site.parties {
      for case .vxp(let id, let reference) in entry.party.credentials {
        guard systems[id] == nil else {
          problems.append(
            SiteFinding(
              .name, at: entry.position, Sentence("another party signs as ‘\(id)’", "bên khác đã ký với tên ‘\(id)’"),
              remedy: Sentence("give each system an id of its own", "hãy cho mỗi hệ thống một mã riêng")))
          continue
        }
        do throws(SecretError) {
          systems[id] = VXPSystems.System(party: entry.party.id, secret: try reference.load())
        } catch {
          problems.append(SiteFinding(error, at: entry.position))
        }
      }
    }
    return VXPSystems(systems)
  }

  /// The agency lists: the site's files, or else the parties that have an agency code. Nil when a file is wrong.
  static func vxpDirectory(of site: Site, problems: inout [SiteFinding]) -> VXPDirectory? {
    var files: [String: JSONValue] = [:]
    if let folder = site.vxpDoor?.dictionaries {
      for path in FolderListing.files(in: folder, ending: ".json") {
        let name = String(path.dropFirst(folder.utf8.count + 1).dropLast(5))
        guard VXPDirectory.listNames.contains(name) else {
          problems.append(
            SiteFinding(
              .file, at: .start(of: path),
              Sentence("no operation answers with this list", "không thao tác nào trả lời bằng danh sách này"),
              remedy: Sentence("name it after one: ", "hãy đặt tên theo một thao tác: ")
                + Sentence(same: VXPDirectory.listNames.joined(separator: ", "))))
          continue
        }
        if let document = json(path, limits: VXPDirectory.limits, problems: &problems) { files[name] = document.root }
      }
    }
    let agencies = site.parties.compactMap { entry in
      entry.party.agency.map { VXPDirectory.Agency(code: $0, name: entry.party.name) }
    }
    var seen: Set<String> = []
    do throws(VXPDirectory.Fault) {
      return try VXPDirectory(agencies: agencies.filter { seen.insert($0.code).inserted }, files: files)
    } catch {
      let path = "\(site.vxpDoor?.dictionaries ?? "")/\(error.list).json"
      problems.append(
        SiteFinding(.file, at: YAMLPosition(file: path, line: error.line, column: error.column), error.message))
      return nil
    }
  }
}
