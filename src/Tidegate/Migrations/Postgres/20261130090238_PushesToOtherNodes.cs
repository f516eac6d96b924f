using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tidegate.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class PushesToOtherNodes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "indicators_pushed",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    node = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    minutes = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_indicators_pushed", x => x.sequence);
                });

            migrationBuilder.CreateIndex(
                name: "IX_indicators_pushed_at",
                table: "indicators_pushed",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "indicators_pushed");
        }
    }
}
