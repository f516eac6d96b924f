using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>Hosts are names a request can carry.</summary>
internal sealed class HostRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        HashSet<string>? seen = spec.Match.Hosts.Count > 1 ? new(StringComparer.OrdinalIgnoreCase) : null;
        for (int i = 0; i < spec.Match.Hosts.Count; i++)
        {
            var host = spec.Match.Hosts[i];
            if (!HttpSyntax.IsHost(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host))
                scope.Error("bad_host", $"spec.match.hosts[{i}]", $"\"{host}\" is no legal host: write a name or address without scheme, port and path; *. may stand in front of a name. To match any host, leave hosts out.");
            else if (seen?.Add(host) == false)
                scope.Warning("duplicate_host", $"spec.match.hosts[{i}]", $"\"{host}\" stands here twice.");
        }
    }
}
