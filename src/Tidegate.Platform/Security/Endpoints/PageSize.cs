using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Security.Endpoints;

/// <summary>The <c>limit</c> of lists: 1 to 500, default 100.</summary>
internal static class PageSize
{
    public static int Of(int? limit) => limit is null or (>= 1 and <= 500)
        ? limit ?? 100
        : throw new ProblemException(Problems.BadRequest("limit", $"The limit {limit} is out of range.", "Use 1 to 500.").Problem);

    /// <summary>Cuts a list that was read with one row more than asked for.</summary>
    public static Page<T> Cut<T>(IReadOnlyList<T> rows, int size, Func<T, string> cursor) =>
        rows.Count > size ? new([.. rows.Take(size)], cursor(rows[size - 1])) : new(rows, null);
}
