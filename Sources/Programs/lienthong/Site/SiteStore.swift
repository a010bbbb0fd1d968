import DossierStore
import Gateway
import Glibc

/// Finds the database of a site for commands that look into it.
///
/// `--data DIR` names the data folder, `--site SITE` a site whose configuration names it; without either the site is
/// `Deploy/sites/demo`.
enum SiteStore {
  static let options = ["--data", "--site"]
  static let defaultSite = "Deploy/sites/demo"
  static let help = """
      --site SITE   the site's folder; Deploy/sites/demo unless told
      --data DIR    the data folder, where it is not the site's own
    """

  static func open(_ arguments: Arguments) throws(CommandFailure) -> SQLDossierReader {
    SQLDossierReader(.sqlite(path: try path(arguments)))
  }

  /// For orders that change something.
  static func openDesk(_ arguments: Arguments) throws(CommandFailure) -> SQLOperatorDesk {
    let path = try path(arguments)
    return try look { () throws(StoreError) in try SQLOperatorDesk(.sqlite(path: path)) }
  }

  private static func path(_ arguments: Arguments) throws(CommandFailure) -> String {
    let folder: String
    if let given = arguments.value("--data") {
      folder = given
    } else {
      folder = try SiteFiles.read(arguments.value("--site") ?? defaultSite).dataFolder
    }
    return try path(dataFolder: folder)
  }

  static func open(dataFolder: String) throws(CommandFailure) -> SQLDossierReader {
    SQLDossierReader(.sqlite(path: try path(dataFolder: dataFolder)))
  }

  private static func path(dataFolder folder: String) throws(CommandFailure) -> String {
    let path = folder + "/" + Site.databaseName
    guard access(path, R_OK) == 0 else {
      throw .unusable("there is no database at '\(path)'; name the right place with --data or --site")
    }
    return path
  }

  /// Runs a look-up, and turns the store's error into the command's.
  static func look<Result>(_ body: () throws(StoreError) -> Result) throws(CommandFailure) -> Result {
    do throws(StoreError) { return try body() } catch { throw .failed(error.description) }
  }
}
