using Tidegate.Gateway.Models.Targets;
using Tidegate.Models.Chat;
using Tidegate.Models.Costs;
using Tidegate.Models.Costs.Tokens;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Costs;

/// <summary>What a call may use at a target, before it is sent. Rough: nothing is tokenized for it.</summary>
/// <param name="InputTokens">Four bytes a token, an image as <see cref="RequestTokens.PerImage"/>.</param>
/// <param name="OutputTokens">What the caller asked for at most; else what the model gives at most, but not more than <see cref="UnlessAsked"/>.</param>
/// <param name="Cost">What that would cost; its amount is null when the price is not known.</param>
internal readonly record struct CallEstimate(long InputTokens, long OutputTokens, CallCost Cost)
{
    /// <summary>Tokens of an answer whose length the caller did not limit: few are longer.</summary>
    public const int UnlessAsked = 4096;

    /// <summary>The estimate for a call at a target.</summary>
    public static CallEstimate Of(ModelCall model, TargetModel target)
    {
        var input = model.Scan.HasImages ? RequestTokens.Rough(model.Body.Span) : model.Body.Length / 4;
        var output = model.Face.Operation is ModelOperation.Chat or ModelOperation.Completion ? Output(model, target) : 0;
        return new CallEstimate(input, output, CallCost.Of(new Usage { Input = input, Output = output, Estimated = true }, target.Facts.Price));
    }

    private static long Output(ModelCall model, TargetModel target)
    {
        var limit = target.Facts.OutputLimit > 0 ? target.Facts.OutputLimit : int.MaxValue;
        var (most, answers) = OutputLimit.Read(model.Body.Span);
        return Math.Min(most ?? UnlessAsked, limit) * answers;
    }
}
