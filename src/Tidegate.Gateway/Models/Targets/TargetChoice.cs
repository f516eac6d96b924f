using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>Where the next attempt goes. It has taken what the attempt needs: a place at the target, the breaker's leave, the key. An attempt gives that back at its end; one that is not made after all, at once.</summary>
/// <param name="Target">Target.</param>
/// <param name="Key">Key to use.</param>
/// <param name="State">State of the two.</param>
/// <param name="Entry">How the breaker let it in.</param>
/// <param name="IsLent">The key is out, and this attempt is to find out whether the provider takes it again.</param>
internal sealed record TargetChoice(TargetModel Target, KeyModel Key, DestinationState State, BreakerEntry Entry, bool IsLent)
{
    /// <summary>The attempt is not made.</summary>
    public void GiveBack()
    {
        State.Breaker.Release(Entry);
        Target.Load.Leave();
        if (IsLent) Key.State.GiveBack();
    }
}
