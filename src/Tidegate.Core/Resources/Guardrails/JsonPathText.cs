namespace Tidegate.Core.Resources.Guardrails;

/// <summary>The few words of JSONPath that name one place: <c>$.name</c>, <c>[3]</c>, <c>[*]</c>.</summary>
public static class JsonPathText
{
    /// <summary>Step that stands for every element of an array.</summary>
    public const string Any = "*";

    /// <summary>The steps, numbers as they are written; null for text that is no such path.</summary>
    public static IReadOnlyList<string>? Parse(string path)
    {
        if (path.Length < 2 || path[0] != '$') return null;
        var steps = new List<string>();
        for (var i = 1; i < path.Length;)
        {
            var from = i + 1;
            if (path[i] == '.')
            {
                i = from;
                while (i < path.Length && path[i] is not ('.' or '[')) i++;
                if (i == from) return null;
                steps.Add(path[from..i]);
            }
            else if (path[i] == '[' && path.IndexOf(']', from) is > 0 and var end)
            {
                var index = path[from..end];
                if (index != Any && !(index.Length is > 0 and < 7 && index.All(char.IsAsciiDigit))) return null;
                steps.Add(index);
                i = end + 1;
            }
            else return null;
        }

        return steps;
    }
}
