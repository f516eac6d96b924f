using Spectre.Console;
using Tidegate.Cli;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Diff;

namespace Tidegate.Verbs;

/// <summary>How differences and findings of the configuration look in a terminal.</summary>
internal static class ConfigScreens
{
    /// <summary>Every object that differs, and its keys with old and new value.</summary>
    public static void Changes(IAnsiConsole screen, IReadOnlyList<ObjectChange> changes)
    {
        foreach (var change in changes)
        {
            var (sign, colour) = change.Kind switch
            {
                ChangeKind.Added => ("+", "green"),
                ChangeKind.Removed => ("-", "red"),
                _ => ("~", "yellow"),
            };
            screen.MarkupLineInterpolated($"[{colour}]{sign} {PlainText.Of(change.Id)}[/]");
            foreach (var key in change.Keys)
            {
                var text = change.Kind switch
                {
                    ChangeKind.Added => $"{key.Path}: {key.New}",
                    ChangeKind.Removed => $"{key.Path}: {key.Old}",
                    _ => $"{key.Path}: {key.Old ?? "(none)"} -> {key.New ?? "(none)"}",
                };
                screen.WriteLine("    " + PlainText.Of(text));
            }
        }
    }

    /// <summary>Findings, one line each: file:line:column, object, key, what to do.</summary>
    public static void Findings(VerbContext context, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings) context.Say(finding.ToString());
    }

    /// <summary>The failure of a document with errors.</summary>
    public static VerbFailure Invalid(IReadOnlyList<Finding> findings)
    {
        int errors = findings.Count(f => f.Severity == FindingSeverity.Error);
        return new VerbFailure(ExitCode.Invalid, errors == 1 ? "The document has 1 error." : $"The document has {errors} errors.") { Details = [.. findings.Select(f => f.ToString())] };
    }
}
