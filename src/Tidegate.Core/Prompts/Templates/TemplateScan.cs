namespace Tidegate.Core.Prompts.Templates;

/// <summary>
/// Where the tags of a template stand: a look that takes linear time before the parser, which goes as deep as what it reads, sees anything. Also finds names again,
/// since what the parser makes does not say where it stood.
/// </summary>
internal sealed class TemplateScan
{
    private static readonly string[] Opening = ["if", "unless", "for", "case"];

    private readonly string _text;
    private readonly List<(int From, int To)> _tags = [];

    private TemplateScan(string text) => _text = text;

    /// <summary>Looks at a text; what is out of bounds is a problem.</summary>
    public static TemplateScan Of(string text, ICollection<TemplateProblem> problems)
    {
        var scan = new TemplateScan(text);
        if (text.Length > PromptLimits.MostOfTemplate) problems.Add(new TemplateProblem("too_long", 0, 0, $"The template has {text.Length} characters, at most {PromptLimits.MostOfTemplate} are legal."));
        else scan.Walk(problems);
        return scan;
    }

    /// <summary>A problem with a name, where it is first used.</summary>
    public TemplateProblem At(string name, string code, string message)
    {
        foreach (var (from, to) in _tags)
        {
            for (var at = from; (at = _text.IndexOf(name, at, to - at, StringComparison.Ordinal)) >= 0; at += name.Length)
            {
                if (IsApart(at - 1) && IsApart(at + name.Length) && _text[at - 1] != '.') return Place(at, code, message);
            }
        }

        return new TemplateProblem(code, 0, 0, message);
    }

    private bool IsApart(int at) => !(char.IsAsciiLetterOrDigit(_text[at]) || _text[at] is '_' or '-') || _text[at] == '-' && _text[at - 1] is '%' or '{';

    private void Walk(ICollection<TemplateProblem> problems)
    {
        var (depth, skipTo) = (0, "");
        for (var at = 0; at < _text.Length;)
        {
            var open = _text.IndexOf('{', at);
            if (open < 0 || open + 1 == _text.Length) return;
            if (_text[open + 1] is not ('{' or '%'))
            {
                at = open + 1;
                continue;
            }

            var block = _text[open + 1] == '%';
            var close = _text.IndexOf(block ? "%}" : "}}", open + 2, StringComparison.Ordinal);
            if (close < 0) return; // the parser has words for it
            at = close + 2;
            var word = block ? Word(open + 2, close) : "";
            if (skipTo.Length > 0)
            {
                if (word == skipTo) skipTo = "";
                continue;
            }

            if (close - open > PromptLimits.MostOfTag)
            {
                problems.Add(Place(open, "too_long", $"The tag has {close - open + 2} characters, at most {PromptLimits.MostOfTag} are legal."));
                return;
            }

            _tags.Add((open + 2, close));
            if (word is "raw" or "comment") skipTo = "end" + word;
            else if (Opening.Contains(word, StringComparer.Ordinal)) depth++;
            else if (word.StartsWith("end", StringComparison.Ordinal)) depth--;
            if (depth <= PromptLimits.Deepest) continue;
            problems.Add(Place(open, "too_deep", $"Blocks are nested deeper than {PromptLimits.Deepest}."));
            return;
        }
    }

    private string Word(int from, int to)
    {
        var tag = _text.AsSpan(from, to - from).TrimStart('-').TrimStart();
        var end = 0;
        while (end < tag.Length && char.IsAsciiLetter(tag[end])) end++;
        return tag[..end].ToString();
    }

    private TemplateProblem Place(int at, string code, string message)
    {
        var line = 1 + _text.AsSpan(0, at).Count('\n');
        return new TemplateProblem(code, line, at - _text.LastIndexOf('\n', Math.Max(at - 1, 0)), message);
    }
}
