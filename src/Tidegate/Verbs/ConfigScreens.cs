using System.Text;
using Spectre.Console;
using Tidegate.Cli;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Diff;
using Tidegate.Platform.ConfigStore;

namespace Tidegate.Verbs;

/// <summary>How differences and findings of the configuration look in a terminal.</summary>
internal static class ConfigScreens
{
    /// <summary>Every object that differs, and its keys with old and new value. In one piece: drawing 60,000 lines one by one takes longer than making them.</summary>
    public static void Changes(IAnsiConsole screen, IReadOnlyList<ObjectChange> changes)
    {
        var lines = new StringBuilder();
        foreach (var change in changes)
        {
            var (sign, colour) = change.Kind switch
            {
                ChangeKind.Added => ('+', "32"),
                ChangeKind.Removed => ('-', "31"),
                _ => ('~', "33"),
            };
            var head = $"{sign} {PlainText.Of(change.Id)}";
            lines.AppendLine(screen.Profile.Capabilities.ColorSystem == ColorSystem.NoColors ? head : $"\u001b[{colour}m{head}\u001b[0m");
            foreach (var key in change.Keys) lines.Append("    ").AppendLine(PlainText.Of(Text(change.Kind, key)));
        }

        screen.Profile.Out.Writer.Write(lines);
    }

    /// <summary>Findings, one line each: file:line:column, object, key, what to do.</summary>
    public static void Findings(VerbContext context, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings) context.Say(finding.ToString());
    }

    /// <summary>How apply and rollback end: well only when the node that answered runs the revision.</summary>
    public static int EndOf(VerbContext context, Applied applied)
    {
        if (applied.Refused is not { } refused) return ExitCode.Ok;
        var number = applied.Revision.Number;
        var serving = refused.Serving is { } running ? $"revision {running} goes on serving" : "nothing is in force there";
        var back = refused.Serving is { } old ? $", or roll back with 'tidegate rollback {old}'" : "";
        context.Say($"error: Revision {number} is stored but this node refused it; {serving}.");
        foreach (var finding in refused.Findings) context.Say("  " + finding);
        context.Say($"Correct it and apply again{back}.");
        return ExitCode.Invalid;
    }

    /// <summary>The failure of a document with errors.</summary>
    public static VerbFailure Invalid(IReadOnlyList<Finding> findings)
    {
        int errors = findings.Count(f => f.Severity == FindingSeverity.Error);
        return new VerbFailure(ExitCode.Invalid, errors == 1 ? "The document has 1 error." : $"The document has {errors} errors.") { Details = [.. findings.Select(f => f.ToString())] };
    }

    private static string Text(ChangeKind kind, KeyChange key) => kind switch
    {
        ChangeKind.Added => $"{key.Path}: {key.New}",
        ChangeKind.Removed => $"{key.Path}: {key.Old}",
        _ => $"{key.Path}: {key.Old ?? "(none)"} -> {key.New ?? "(none)"}",
    };
}
