using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>Where the next attempt goes.</summary>
/// <param name="Target">Target.</param>
/// <param name="Key">Key to use.</param>
/// <param name="State">State of the two.</param>
/// <param name="Entry">How the breaker let it in.</param>
internal sealed record TargetChoice(TargetModel Target, KeyModel Key, DestinationState State, BreakerEntry Entry);
