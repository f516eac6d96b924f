using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Shapes;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;

namespace Tidegate.Gateway.Models;

/// <summary>Which alias a caller means, and may they use it.</summary>
internal static class AliasAccess
{
    /// <summary>The alias, or null when the call was refused: 404 with near names, 403.</summary>
    public static AliasModel? Find(GatewayCall call, string asked)
    {
        var allowed = call.Route.Config.Models!.Allow;
        if (!call.Snapshot.Models.TryFind(asked, out var alias) || (allowed.Count > 0 && !allowed.Contains(alias.Name, StringComparer.Ordinal)))
        {
            call.Refuse(new Refusal(404, CallOutcome.NoRoute, "model_not_found", $"There is no model '{Shorten(asked)}' here.{Suggestion.For(asked, Visible(call).Select(a => a.Name))} GET /v1/models lists what there is."));
            return null;
        }

        if (MayUse(call, alias)) return alias;
        call.Refuse(new Refusal(403, CallOutcome.Forbidden, "model_not_allowed", $"Your key may not use the model '{alias.Name}'.", $"model:{alias.Name}"));
        return null;
    }

    /// <summary>The aliases a caller may use on its route, by name.</summary>
    public static IEnumerable<AliasModel> Visible(GatewayCall call)
    {
        var allowed = call.Route.Config.Models!.Allow;
        return call.Snapshot.Models.All.Where(a => (allowed.Count == 0 || allowed.Contains(a.Name, StringComparer.Ordinal)) && MayUse(call, a));
    }

    private static bool MayUse(GatewayCall call, AliasModel alias) => alias.Consumers.Count == 0 || call.IsProbe || alias.Consumers.Contains(call.Caller.Consumer);

    private static string Shorten(string text) => text.Length <= 100 ? text : text[..100] + "...";
}
