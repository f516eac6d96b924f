wrk.headers["X-Api-Key"] = "key-7-of-the-comparison"
wrk.headers["Accept"] = "application/json"
wrk.headers["User-Agent"] = "bench/1.0"
-- Any of so many routes each time (bench/InMemory/Scenario.cs). Of 10,000 different paths, however many routes there are: with few of them this program had less to do,
-- answered sooner, and the proxy found more calls waiting at a time.
local routes
function init(args) routes = tonumber(args[1]) end
function request()
  local path = math.random(0, 9999)
  local route = path % routes
  return wrk.format(nil, "/area" .. route % 100 .. "/orders" .. route .. "/" .. 4711 + math.floor(path / routes))
end
