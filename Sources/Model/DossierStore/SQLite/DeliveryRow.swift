import DossierModel

/// What has to be known of a delivery to move it: its row, its message's row and where it stands.
struct DeliveryRow {
  let id: DeliveryID
  let message: Int64
  let state: DeliveryState
}
