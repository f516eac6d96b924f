using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Indicators.Sources;

/// <summary><c>tidegate</c>: the gateway's own counters.</summary>
internal sealed class GatewaySource : MetricSourceType<GatewayIndicatorConfig>
{
    public override string Word => "tidegate";

    protected override void Check(GatewayIndicatorConfig spec, KeyPath path, ResourceScope scope)
    {
        if (!scope.IsBroken(path + ".measure")) Threshold(spec, path, scope);
        Outcomes(spec.Good, "good", path, scope);
        Outcomes(spec.Bad, "bad", path, scope);
        foreach (var word in spec.Good.Intersect(spec.Bad, StringComparer.Ordinal))
            scope.Error("contradiction", path + ".bad", $"The outcome {word} is called good and bad: remove it from one of the lists.");
        Words(spec.Version, "version", path, scope);
        Words(spec.Team, "team", path, scope);
        Words(spec.Region, "region", path, scope);
        Words(spec.Destination, "destination", path, scope);
    }

    private static void Threshold(GatewayIndicatorConfig spec, KeyPath path, ResourceScope scope)
    {
        var measure = spec.Measure.Word();
        switch (GatewayThreshold.Expected(spec.Measure), spec.Threshold)
        {
            case (null, not null):
                scope.Error("unused_key", path + ".threshold", $"The measure {measure} has no threshold: remove the key.");
                break;
            case ({ } expected, null):
                scope.Error("missing_key", path.ToString(), $"The measure {measure} needs a threshold: give {expected}.");
                break;
            case ({ } expected, { } text) when !GatewayThreshold.IsLegal(spec.Measure, text):
                scope.Error("bad_text", path + ".threshold", $"\"{Reading.Echo.Of(text)}\" is no threshold of {measure}: expected {expected}, above 0.");
                break;
        }
    }

    private static void Outcomes(IReadOnlyList<string> words, string key, KeyPath path, ResourceScope scope)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (!CallOutcomes.All.Contains(words[i], StringComparer.Ordinal))
                scope.Error("bad_word", $"{path}.{key}[{i}]", $"\"{Reading.Echo.Of(words[i])}\" is no outcome of a call: expected one of {string.Join(", ", CallOutcomes.All)}.{Suggestion.For(words[i], CallOutcomes.All)}");
        }
    }

    private static void Words(IReadOnlyList<string> words, string key, KeyPath path, ResourceScope scope)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (!LabelWord.IsLegal(words[i])) scope.Error("bad_name", $"{path}.{key}[{i}]", LabelWord.Problem(words[i]));
        }
    }
}
