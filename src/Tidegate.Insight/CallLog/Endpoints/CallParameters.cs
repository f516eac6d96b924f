using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Resources.Schema;
using Tidegate.Insight.CallLog.Filter;

namespace Tidegate.Insight.CallLog.Endpoints;

/// <summary>
/// The query string of the call log: <c>since</c>, <c>until</c>, <c>where</c> (the filter language), <c>q</c> (words in path or error), and every field by its
/// name (<c>route=orders&amp;status=500&amp;status=503</c>: one of the values). A name that nobody knows is a mistake, not ignored. Mirrored calls are
/// nobody's: they are left out unless a field that has to do with them is named.
/// </summary>
internal sealed class CallParameters
{
    private static readonly string[] Common = ["since", "until", "where", "q"];

    private readonly IQueryCollection _query;

    public CallParameters(HttpRequest request, TimeProvider time, params string[] own)
    {
        _query = request.Query;
        var now = time.GetUtcNow();
        (Since, Until) = (Moment("since", now), Moment("until", now));
        if (Since >= Until) throw new CallQueryException("since", "There is no time between 'since' and 'until': it would end before it begins.", "Let 'since' be the earlier: since 2h, until 1h is the hour before the last one.");
        var where = new FilterParser(Text("where") ?? "");
        Filter = where.Parse();
        var namesShadows = where.NamesShadows;
        if (Text("q") is { } words) Filter = Filter.And(CallFilter.Text(words));
        foreach (var (name, values) in _query)
        {
            if (Common.Contains(name, StringComparer.Ordinal) || own.Contains(name, StringComparer.Ordinal)) continue;
            Filter = Filter.And(OfField(name, [.. values.Select(v => v ?? "")], own));
            namesShadows |= CallFields.Find(name, new(name, 1)).NamesShadows;
        }

        if (own.Contains("by", StringComparer.Ordinal) && Text("by") is { } by) namesShadows |= CallFields.FindDimension(by).NamesShadows;
        if (!namesShadows) Filter = Filter.And(new NoShadows());
    }

    /// <summary>A time, or a duration back from now: <c>15m</c>.</summary>
    public DateTimeOffset? Since { get; }

    public DateTimeOffset? Until { get; }

    public CallFilter Filter { get; }

    public string? Text(string name) => _query.TryGetValue(name, out var values) && !string.IsNullOrEmpty(values[0]) ? values[0] : null;

    public int Int(string name, int otherwise) => Text(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
        : throw new CallQueryException(name, $"'{text}' is not a number.", $"For example: {name}={otherwise}.");

    public TimeSpan? Span(string name) => Text(name) is not { } text ? null
        : Duration.TryParse(text, out var value) ? value
        : throw new CallQueryException(name, $"'{text}' is not a duration.", $"Expected is {Duration.Expected}.");

    private static CallFilter OfField(string name, string[] values, string[] own)
    {
        try
        {
            return CallFilter.Is(name, values);
        }
        catch (FilterException unknown) when (unknown.Message.StartsWith("There is no field", StringComparison.Ordinal))
        {
            string[] known = [.. Common, .. own, .. CallFields.All.Select(f => f.Name)];
            throw new CallQueryException(name, $"There is no parameter '{name}'.{Near.Hint(name, known)}", $"Parameters: {string.Join(", ", known)}.");
        }
        catch (FilterException wrong)
        {
            throw new CallQueryException(name, wrong.Message, wrong.Action);
        }
    }

    private DateTimeOffset? Moment(string name, DateTimeOffset now)
    {
        if (Text(name) is not { } text) return null;
        if (Duration.TryParse(text, out var back)) return back < now - DateTimeOffset.UnixEpoch ? now - back : DateTimeOffset.UnixEpoch;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.ToUniversalTime()
            : throw new CallQueryException(name, $"'{text}' is not a time.", "Expected is a time such as 2026-01-15T10:00:00Z, or how long ago, such as 15m.");
    }
}
