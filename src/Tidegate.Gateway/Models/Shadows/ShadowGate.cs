using Microsoft.Net.Http.Headers;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Budgets;
using Tidegate.Gateway.Models.Budgets;
using Tidegate.Gateway.Models.Costs;
using Tidegate.Gateway.Models.Operations;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Shadows;

/// <summary>Chooses the calls that are mirrored, before their first attempt: by share, and only what there is a place and money for. Nothing is sent yet, and nobody waits.</summary>
internal sealed class ShadowGate(ShadowMetrics metrics, BudgetEvents events, DrainState drain, IRandomSource random, TimeProvider time)
{
    /// <summary>Marks the call when it is to be mirrored. Its record tells what was decided.</summary>
    public void Choose(GatewayCall call, ModelCall model, AliasModel alias)
    {
        if (alias.Shadow is not { } shadow || model.Face.Operation is not (ModelOperation.Chat or ModelOperation.Completion) || random.NextDouble() >= shadow.Config.Share) return;
        if (drain.Begun) Drop(call, alias, "stopping");
        else if (!Wire.Leads(model.Face, shadow.Target)) Drop(call, alias, "unsupported");
        else if (!alias.State.Shadows.TryEnter(shadow.Config.MaxConcurrent)) Drop(call, alias, "busy");
        else if (Hold(model, shadow, out var reason) is not { } hold)
        {
            alias.State.Shadows.Leave();
            Drop(call, alias, reason);
        }
        else
        {
            call.Shadow = new ShadowCall(alias.Name, shadow.Target.Name, hold, alias.State.Shadows)
            {
                Face = model.Face, Asked = model.Asked, Body = model.Body.ToArray(), Scan = model.Scan, Context = model.Context, Wishes = model.Wishes, Via = call.Upstream.Find(HeaderNames.Via),
            };
            call.Note($"shadow: {shadow.Target.Name}");
        }
    }

    // What the copy may cost, estimated; null when that is not known or there is no room for it.
    private BudgetHold? Hold(ModelCall model, ShadowModel shadow, out string reason)
    {
        var (estimate, budget) = (CallEstimate.Of(model, shadow.Target), shadow.Budget);
        reason = "price_unknown";
        if (estimate.Cost.Amount is not { } amount || (amount > 0 && estimate.Cost.Currency != budget.Currency)) return null;
        reason = "cost";
        var wanted = new BudgetAmount(estimate.InputTokens + estimate.OutputTokens, MoneyText.InNanos(amount));
        var hold = new BudgetHold([new BudgetShare(budget, "", budget.State.Of("", time.GetUtcNow().UtcDateTime), wanted)], events, time);
        return hold.TopUp() is null ? hold : null;
    }

    private void Drop(GatewayCall call, AliasModel alias, string reason)
    {
        metrics.Dropped(alias.Name, reason);
        call.Note($"no shadow: {reason}");
    }
}
