#include "base/result.h"

namespace kith {

const char* errc_name(Errc code) {
  switch (code) {
    case Errc::not_found:
      return "not_found";
    case Errc::not_signed_in:
      return "not_signed_in";
    case Errc::not_allowed:
      return "not_allowed";
    case Errc::invalid:
      return "invalid";
    case Errc::conflict:
      return "conflict";
    case Errc::answered_meanwhile:
      return "answered_meanwhile";
    case Errc::too_large:
      return "too_large";
    case Errc::too_many:
      return "too_many";
    case Errc::storage_full:
      return "storage_full";
    case Errc::unavailable:
      return "unavailable";
  }
  return "unavailable";
}

}  // namespace kith
