// Precompiled for the folder that reads and writes JSON.
#pragma once
#include "pch.h"

#include <boost/json.hpp>
