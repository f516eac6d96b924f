using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Prompts.Rules;

/// <summary>The path is one that calls can have.</summary>
internal sealed class PromptPathRule : ResourceRule<PromptConfig>
{
    public override void Check(PromptConfig spec, ResourceScope scope)
    {
        if (spec.Path is not { } path) return;
        if (Problem(path) is { } problem) scope.Error("bad_path", "spec.path", problem);
    }

    private static string? Problem(string path)
    {
        if (!PathTemplate.TryParse(path, out var template, out var error)) return error;
        if (template.Parameters.Any()) return $"\"{path}\": the path of a prompt has no parameters; its variables are in the body.";
        if (path.Length < 2 || path.EndsWith('/') || path.Contains("//", StringComparison.Ordinal)) return $"\"{path}\": give a path without empty segments, such as /support/triage.";
        return path.Contains('%', StringComparison.Ordinal) || path.Contains(';', StringComparison.Ordinal) ? $"\"{path}\": use characters that need no encoding." : null;
    }
}
