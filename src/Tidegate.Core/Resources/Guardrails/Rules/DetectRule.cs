using System.Text.RegularExpressions;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Guardrails.Rules;

/// <summary>What is looked for is said completely, and nothing is said that does nothing.</summary>
internal sealed class DetectRule : ResourceRule<GuardrailConfig>
{
    public override void Check(GuardrailConfig spec, ResourceScope scope)
    {
        for (var i = 0; i < spec.Detect.Count; i++) Check(spec.Detect[i], $"spec.detect[{i}]", spec, scope);
    }

    private static void Check(DetectConfig detect, string path, GuardrailConfig spec, ResourceScope scope)
    {
        var type = detect.Type;
        if (detect.Name is { } name && !(name.Length is > 0 and <= 24 && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')))
            scope.Error("bad_name", $"{path}.name", "A name has 1 to 24 small letters, digits or _.");
        Only(DetectType.Regex, detect.Pattern is { Length: > 0 }, detect.Pattern is not null, "pattern", "a regular expression");
        Only(DetectType.Keyword, detect.Words.Count > 0 && detect.Words.All(w => w.Trim().Length > 0), detect.Words.Count > 0, "words", "words that are not empty");
        Only(DetectType.JsonPath, detect.Path is { } at && JsonPathText.Parse(at) is not null, detect.Path is not null, "path", "a path such as $.metadata.user_id or $.messages[*].name");
        if (type == DetectType.Regex && detect.Pattern is { } pattern && RegexProblem(pattern) is { } problem) scope.Error("bad_regex", $"{path}.pattern", problem);
        if (type == DetectType.Regex && detect.MaxLength > spec.MaxHold) scope.Error("too_long", $"{path}.maxLength", "maxLength is above maxHold: raise that, or lower this.");
        if (type is DetectType.JsonPath or DetectType.PromptInjection && detect.On == GuardDirection.Answer)
            scope.Error("never_found", $"{path}.on", "This is looked for in requests only: leave \"on\" out.");
        if (detect is { Action: GuardAction.Tokenise, On: GuardDirection.Answer }) scope.Warning("never_restored", $"{path}.action", "Nothing brings back what is tokenised in an answer: it is masked. Say mask.");
        if (detect.Replacement is not null && detect.Action != GuardAction.Mask) scope.Warning("unused", $"{path}.replacement", "Only the action mask uses a replacement.");

        void Only(DetectType owner, bool complete, bool given, string key, string what)
        {
            if (type == owner && !complete) scope.Error("missing", $"{path}.{key}", $"Give {what}.");
            if (type != owner && given) scope.Warning("unused", $"{path}.{key}", $"Another type than this one uses \"{key}\".");
        }
    }

    private static string? RegexProblem(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant).IsMatch("") ? "It matches nothing at all (an empty text): it would match everywhere." : null;
        }
        catch (NotSupportedException) { return "Lookarounds, backreferences and atomic groups need backtracking, which is not used on calls: write the expression without them."; }
        catch (ArgumentException e) { return $"This is no regular expression: {e.Message}"; }
    }
}
