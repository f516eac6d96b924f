namespace Tidegate.Insight.Bodies;

/// <summary>What was forgotten, on this node.</summary>
/// <param name="Consumer">Whose.</param>
/// <param name="Calls">Records of calls.</param>
/// <param name="Bodies">Calls whose bodies were kept.</param>
public sealed record EraseAnswer(string Consumer, long Calls, long Bodies);
