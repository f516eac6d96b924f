using System.Text;

namespace Tidegate.Tests.Docs;

/// <summary>The commands of a line as a shell would see them: enough of its grammar for examples.</summary>
internal static class ShellLine
{
    /// <summary>Words of each command; pipes, lists and comments end one, redirections are left out.</summary>
    public static List<List<string>> Commands(string line)
    {
        var commands = new List<List<string>> { new() };
        StringBuilder? word = null;
        var isTarget = false;
        for (var at = 0; at < line.Length; at++)
        {
            var c = line[at];
            if (c is '\'' or '"')
            {
                var end = line.IndexOf(c, at + 1);
                if (end < 0) throw new FormatException($"a quote has no end: {line}");
                (word ??= new()).Append(line, at + 1, end - at - 1);
                at = end;
            }
            else if (c == '\\' && at + 1 < line.Length) (word ??= new()).Append(line[++at]);
            else if (c is ' ' or '\t') End();
            else if (c == '#' && word is null) break;
            else if (c is '|' or ';' or '&')
            {
                End();
                commands.Add([]);
            }
            else if (c is '<' or '>')
            {
                End();
                isTarget = true;
            }
            else (word ??= new()).Append(c);
        }
        End();
        return [.. commands.Where(command => command.Count > 0)];

        void End()
        {
            if (word is null) return;
            if (!isTarget) commands[^1].Add(word.ToString());
            (word, isTarget) = (null, false);
        }
    }

    /// <summary>Arguments of every call of tidegate in a piece of shell.</summary>
    public static IEnumerable<(int Line, string[] Arguments)> OfTidegate(string text)
    {
        var lines = text.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var (first, line) = (at, lines[at]);
            while (line.EndsWith('\\') && at + 1 < lines.Length) line = line[..^1] + lines[++at];
            if (!line.Contains("tidegate ", StringComparison.Ordinal) || line.TrimStart().StartsWith('#')) continue;
            foreach (var command in Commands(line))
            {
                // VAR=value in front of a command is for the command.
                var words = command.SkipWhile(word => word.Contains('=') || word is "$" or "sudo").ToList();
                if (words.FirstOrDefault() is "tidegate" or "./tidegate") yield return (first, [.. words.Skip(1)]);
            }
        }
    }
}
