import DocumentKit
import DossierModel
import DossierStore
import Gateway
import Glibc

/// Finds the database of a site for commands that look into it.
///
/// `--data DIR` names the data folder of a site with a file of its own, `--site SITE` a site whose configuration says where
/// its store is; without either the site is `Deploy/sites/demo`.
enum SiteStore {
  static let options = ["--data", "--site"]
  static let defaultSite = "Deploy/sites/demo"
  static let help = """
      --site SITE   the site's folder; Deploy/sites/demo unless told
      --data DIR    the data folder, where it is not the site's own
    """

  static func open(_ arguments: Arguments) throws(CommandFailure) -> SQLDossierReader {
    SQLDossierReader(try location(arguments))
  }

  /// For orders that change something.
  static func openDesk(
    _ arguments: Arguments, conductor: (any ProcedureConductor)? = nil
  ) throws(CommandFailure) -> SQLOperatorDesk {
    let location = try location(arguments)
    return try look { () throws(StoreError) in try SQLOperatorDesk(location, conductor: conductor) }
  }

  static func open(_ site: Site) throws(CommandFailure) -> SQLDossierReader {
    SQLDossierReader(try checked(site.storeLocation))
  }

  static func openDesk(_ site: Site) throws(CommandFailure) -> SQLOperatorDesk {
    let location = try checked(site.storeLocation)
    return try look { () throws(StoreError) in try SQLOperatorDesk(location) }
  }

  private static func location(_ arguments: Arguments) throws(CommandFailure) -> StoreLocation {
    if let folder = arguments.value("--data") { return try checked(.sqlite(path: folder + "/" + Site.databaseName)) }
    return try checked(try site(arguments).storeLocation)
  }

  /// The site that `--site` names.
  static func site(_ arguments: Arguments) throws(CommandFailure) -> Site {
    try SiteFiles.read(arguments.value("--site") ?? defaultSite)
  }

  private static func checked(_ location: StoreLocation) throws(CommandFailure) -> StoreLocation {
    if case .sqlite(let path) = location, access(path, R_OK) != 0 {
      throw .unusable(
        Sentence(
          "there is no database at '\(path)'; name the right place with --data or --site",
          "không có cơ sở dữ liệu ở '\(path)'; hãy chỉ đúng chỗ bằng --data hoặc --site"))
    }
    return location
  }

  /// Runs a look-up, and turns the store's error into the command's.
  static func look<Result>(_ body: () throws(StoreError) -> Result) throws(CommandFailure) -> Result {
    do throws(StoreError) { return try body() } catch {
      throw .failed(Sentence(error.description, "không dùng được kho: \(error.description)"))
    }
  }
}
