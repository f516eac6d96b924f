# Shared by the scripts of this directory: checks, the configuration under test, the processes around it. Source it; it names no path of its own.
# Callers set $work (a temporary directory) and $port (first of a range of free ports).

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$bench/.." && pwd)
tidegate=$root/src/Tidegate/bin/Release/net10.0/tidegate.dll
benchmarks=$bench/Tidegate.Benchmarks/bin/Release/net10.0/Tidegate.Benchmarks.dll
yarp=$bench/compare/BareYarp/bin/Release/net10.0/BareYarp.dll
PATH=$PATH:/usr/sbin:/sbin
key=key-7-of-the-comparison
hz=$(getconf CLK_TCK)
declare -A pid=() of_port=()

need() {
  local missing="" tool
  for tool in "$@"; do command -v "$tool" >/dev/null || missing="$missing $tool"; done
  [ -z "$missing" ] && return
  echo "Missing:$missing. On Debian and Ubuntu: apt-get install nginx-light wrk curl (and the .NET SDK that global.json names)." >&2
  exit 1
}

# As ./tidegate builds.
build() { (cd "$root" && for project in "$@"; do dotnet build "$project" -c Release -v quiet -nologo -clp:NoSummary -p:RunAnalyzers=false -p:CompileAhead=true; done); }

stop_all() {
  local name
  for name in "${!pid[@]}"; do kill "${pid[$name]}" 2>/dev/null || true; done
  wait 2>/dev/null || true
  if [ -n "${KEEP:-}" ]; then echo "kept: $work" >&2; else rm -rf "$work"; fi
}

fill() { sed -e "s#@DIR@#$work#g" -e "s#@PORT@#${2:-}#g" -e "s#@UPSTREAM@#$port#g" "$1"; }

# The same thousand keys for nginx (a map) and Tidegate (hashes in Consumer documents), and Tidegate's routes.
write_config() {
  local i
  mkdir -p "$work/keys" "$work/config"
  for i in $(seq 0 999); do
    printf 'key-%s-of-the-comparison' "$i" >"$work/keys/$i"
    echo "key-$i-of-the-comparison consumer-$i;"
  done >"$work/nginx-keys.map"
  (cd "$work/keys" && sha256sum -- *) | awk '{
    printf "%sapiVersion: tidegate/v1\nkind: Consumer\nmetadata:\n  name: consumer-%s\nspec:\n  keys:\n    - id: k_%s\n      sha256: %s\n", (NR > 1 ? "---\n" : ""), $2, $2, $1 }' >"$work/config/consumers.yaml"
  fill "$bench/compare/tidegate/routes.yaml.in" >"$work/config/routes.yaml"
}

start_nginx() { # variant template pidfile [directory of the template's]
  fill "$bench/${4:-compare}/nginx/$2.conf.in" "${of_port[$1]}" >"$work/$2.conf"
  nginx -p "$work" -e "$work/$2.start.err" -c "$work/$2.conf" || { cat "$work/$2.start.err" >&2; exit 1; }
  for _ in $(seq 50); do [ -s "$work/$3.pid" ] && break; sleep 0.1; done
  pid[$1]=$(cat "$work/$3.pid")
}

start_tidegate() { # variant [ENV=VALUE...]
  local name=$1
  shift
  env "$@" dotnet "$tidegate" serve --listen "http://127.0.0.1:${of_port[$name]}" --admin "http://127.0.0.1:$((of_port[$name] + 50))" \
    --data "$work/data.${of_port[$name]}" --config "$work/config" >"$work/$name.log" 2>&1 &
  pid[$name]=$!
}

wait_until_it_answers() { # variant
  local code try
  for try in $(seq 150); do
    code=$(curl -s -o /dev/null -w '%{http_code}' -H "X-Api-Key: $key" "http://127.0.0.1:${of_port[$1]}/" || true)
    [ "$code" = 200 ] && return
    sleep 0.2
  done
  echo "$1 does not answer (last status $code):" >&2
  tail -20 "$work/$1.log" >&2 || true
  exit 1
}

processes() { [ "$1" = direct ] && return; echo "${pid[$1]}"; case $1 in nginx* | upstream) cat "/proc/${pid[$1]}/task/${pid[$1]}/children" ;; esac; }

# User and system time of the process and all its threads; for nginx of all workers. Exact to one clock tick (10 ms).
cpu_us() {
  local total=0 line p
  for p in $(processes "$1"); do
    line=$(<"/proc/$p/stat")
    line=${line##*) }
    # shellcheck disable=SC2086
    set -- $line
    total=$((total + ${12} + ${13}))
  done
  echo $((total * 1000000 / hz))
}

# Clock ticks the machine was busy with anything, and ticks of what belongs to the measurement: proxy, upstream, load generator (our waited-for children).
busy_ticks() { awk '/^cpu /{ print $2 + $3 + $4 + $6 + $7 + $8 + $9; exit }' /proc/stat; }
our_ticks() {
  local line=$(</proc/$$/stat)
  line=${line##*) }
  local upstream proxy=$(cpu_us "$1")
  upstream=$(cpu_us upstream)
  # shellcheck disable=SC2086
  set -- $line
  echo $((${14} + ${15} + (proxy + upstream) * hz / 1000000))
}

rss_kb() {
  local total=0 p
  for p in $(processes "$1"); do total=$((total + $(awk '/^VmRSS/{print $2}' "/proc/$p/status"))); done
  echo $total
}

load() { # variant scenario seconds -> wrk's report
  local path=/ script=${2%%-*} connections=${2##*-c} routes=10
  [ "$script" = post ] && path=/sink
  case $1-$script in gateway-10000*-routes) routes=10000 ;; esac
  [ "$script" = ten ] && script=routes
  wrk -t1 -c"$connections" -d"${3}s" --timeout 10s --latency -s "$bench/compare/load/$script.lua" "http://127.0.0.1:${of_port[$1]}$path" -- $routes
}

# Metrics are only shown to who may read them: the start prints a token once.
metrics() { curl -s -f -H "Authorization: Bearer $(awk '$1 == "token" { print $2; exit }' "$work/$1.log")" "http://127.0.0.1:$((of_port[$1] + 50))/metrics"; }
scrape() {
  case $1 in tidegate*) ;; *) return ;; esac
  metrics "$1" >/dev/null || { echo "$1 does not show its metrics" >&2; exit 1; }
}

machine() {
  echo "$(nproc) cores ($(awk -F': ' '/model name/{print $2; exit}' /proc/cpuinfo)), $(awk '/MemTotal/{printf "%.0f GiB", $2 / 1048576}' /proc/meminfo), $(. /etc/os-release && echo "$PRETTY_NAME"), kernel $(uname -r),"
  echo "$(nginx -v 2>&1 | sed 's/.*: //'), .NET SDK $(dotnet --version), Tidegate $(cd "$root" && git rev-parse --short HEAD 2>/dev/null || echo '(not from git)')."
}
