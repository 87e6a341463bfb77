// The files of the front end that are part of the program; written by tools/embed_assets.py. Empty when the program was
// built without them.
#pragma once

#include <span>

#include "http/asset.h"

namespace kith::http {

std::span<const Asset> embedded_assets();

}  // namespace kith::http
