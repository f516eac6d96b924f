using System.Text;

namespace Tidegate.Models.Guardrails;

/// <summary>
/// Takes a text in pieces and gives it back with what was found replaced. From left to right; what begins first counts, then what was written first. A character is given
/// back as soon as it is certain what becomes of it: what comes out in all never depends on how the text was cut. Not thread-safe.
/// </summary>
/// <param name="looks">What is looked for.</param>
/// <param name="findings">Where findings are told.</param>
/// <param name="mostHold">Most characters that are kept back.</param>
internal sealed class TextGuard(GuardLook[] looks, GuardFindings findings, int mostHold)
{
    private readonly int[] _next = new int[looks.Length];
    private string _held = "";
    private int _from; // 1 when the first character held is only there to be looked back at

    /// <summary>More text; gives back what is certain.</summary>
    public string Push(string text) => Run(text, isLast: false);

    /// <summary>The text has ended; gives back the rest. The guard can begin with another text then.</summary>
    public string Finish() => _held.Length == _from && _from <= 1 ? Reset("") : Reset(Run("", isLast: true));

    /// <summary>A whole text.</summary>
    public string Whole(string text) => Reset(Run(text, isLast: true));

    private string Reset(string result)
    {
        (_held, _from) = ("", 0);
        return result;
    }

    private string Run(string added, bool isLast)
    {
        if (looks.Length == 0) return added;
        var text = _held.Length == 0 ? added : _held + added;
        Array.Fill(_next, -1);
        StringBuilder? output = null;
        var (at, done) = (_from, _from); // done: given back up to here
        var certain = true;
        while (certain && findings.Blocked is null && (at = NextPlace(text, at, isLast)) < text.Length)
        {
            var found = Look(text, at, isLast, out var rule, out certain);
            if (!certain) break;
            if (found.Length == 0)
            {
                at++;
                continue;
            }

            output ??= new StringBuilder(text.Length);
            var from = at + found.Skip;
            output.Append(text, done, from - done).Append(findings.Decide(rule!, text.Substring(from, found.Length)));
            done = at = from + found.Length;
        }

        // Half a character cannot be written.
        if (certain && !isLast && at > done && at == text.Length && char.IsHighSurrogate(text[^1])) at--;
        var rest = text.AsSpan(done, at - done);
        if (isLast) return output is null ? rest.Length == text.Length ? text : rest.ToString() : output.Append(rest).ToString();
        var result = output is null ? rest.Length == added.Length && ReferenceEquals(text, added) ? added : rest.ToString() : output.Append(rest).ToString();
        _from = at > 0 ? 1 : 0;
        _held = text[(at - _from)..];
        return result;
    }

    private int NextPlace(string text, int from, bool isLast)
    {
        var first = text.Length;
        for (var i = 0; i < looks.Length; i++)
        {
            if (_next[i] < from) _next[i] = looks[i].Detector.Next(text, from, isLast);
            first = Math.Min(first, _next[i]);
        }

        return first;
    }

    private Found Look(string text, int at, bool isLast, out GuardRule? rule, out bool certain)
    {
        certain = true;
        for (var i = 0; i < looks.Length; i++)
        {
            if (_next[i] != at) continue;
            var view = new TextView(text, at, isLast, mostHold);
            var found = looks[i].Detector.Match(ref view);
            rule = looks[i].Rule;
            if (view.RanOut)
            {
                certain = false;
                return Found.Nothing;
            }

            if (found.Length > 0) return found;
        }

        rule = null;
        return Found.Nothing;
    }
}
